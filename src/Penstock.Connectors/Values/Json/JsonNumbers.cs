namespace Penstock.Connectors.Values.Json;

/// <summary>What a JSON integer beyond 64 bits becomes.</summary>
public enum LargeIntegers
{
    /// <summary>An integer, exact (Python's <c>json</c>: configs, vectors).</summary>
    Exact,

    /// <summary>A float, as orjson reads API responses.</summary>
    Float,
}

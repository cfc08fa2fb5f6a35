namespace Penstock.Simulator;

/// <summary>The keys, and where a caller may put one.</summary>
public sealed record KeyOptions
{
    /// <summary>The known keys. None, the default: every caller is <c>anonymous</c> and may call.</summary>
    public IReadOnlyList<ApiKey> Known { get; init; } = [];

    /// <summary>Where a key is looked for. Default: everywhere.</summary>
    public KeyPlaces Places { get; init; } = KeyPlaces.All;

    /// <summary>The header of <see cref="KeyPlaces.Header"/>. Default <c>X-Api-Key</c>.</summary>
    public string HeaderName { get; init; } = "X-Api-Key";

    /// <summary>The query parameter of <see cref="KeyPlaces.Query"/>. Default <c>api_key</c>.</summary>
    public string QueryName { get; init; } = "api_key";

    internal void Validate()
    {
        Check.NoTwins(Known.Select(key => key.Name), "key name");
        Check.That(Known.All(key => key.Value.Length > 0), nameof(Known), "a list with an empty key", "keys of at least one character");
        Check.That(Places != KeyPlaces.None, nameof(Places), Places, "at least one place");
        Check.That(HeaderName.Length > 0, nameof(HeaderName), HeaderName, "a header name");
        Check.That(QueryName.Length > 0, nameof(QueryName), QueryName, "a parameter name");
    }
}

/// <summary>Where a caller may put its key.</summary>
[Flags]
public enum KeyPlaces
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>A header of its own.</summary>
    Header = 1,

    /// <summary><c>Authorization: Bearer</c> (RFC 6750).</summary>
    Bearer = 2,

    /// <summary>A query parameter.</summary>
    Query = 4,

    /// <summary><c>Authorization: Basic</c> (RFC 7617), the key being the user name or the password.</summary>
    Basic = 8,

    /// <summary>All of them.</summary>
    All = Header | Bearer | Query | Basic,
}

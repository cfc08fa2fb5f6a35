using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Functions;

/// <summary>The arguments of a call. The positional ones belong to the callee.</summary>
internal readonly record struct Arguments(Value[] Positional, IReadOnlyList<KeyValuePair<string, Value>> Named)
{
    public static readonly IReadOnlyList<KeyValuePair<string, Value>> NoNames = [];

    public Arguments(params Value[] positional)
        : this(positional, NoNames)
    {
    }

    /// <summary>The same arguments behind one more.</summary>
    public Arguments Behind(in Value first) => new([first, .. Positional], Named);
}

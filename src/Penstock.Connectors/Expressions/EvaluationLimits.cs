using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions;

/// <summary>
/// The sandbox's limits for one evaluation. A manifest is untrusted: a template may be wrong, but it can't take the worker's
/// time or memory.
/// </summary>
public sealed record EvaluationLimits
{
    /// <summary>The limits that hold where nothing else is said.</summary>
    public static EvaluationLimits Default { get; } = new();

    /// <summary>Steps: one for an operation or an item, one for each 8 characters of a text that is made. Default 5,000,000.</summary>
    public int Steps { get; init; } = 5_000_000;

    /// <summary>The longest text, in UTF-16 units. Default 10,000,000.</summary>
    public int TextLength { get; init; } = 10_000_000;

    /// <summary>The largest integer, in bits. Default 100,000: Python has no limit, but multiplying is quadratic.</summary>
    public int IntegerBits { get; init; } = 100_000;

    /// <summary>How deep macros, recursive loops and expressions may nest. Default 100.</summary>
    public int Depth { get; init; } = 100;

    /// <summary>
    /// The time that one evaluation may take by the context's clock, looked at now and then. It bounds what steps don't count:
    /// comparing and printing very large values. Default 30 s: a machine that stands still for a while is no reason to fail.
    /// </summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time one regular expression may take. Default 30 s, as <see cref="MatchTime"/> says why.</summary>
    public TimeSpan RegexTimeout { get; init; } = MatchTime.Longest;
}

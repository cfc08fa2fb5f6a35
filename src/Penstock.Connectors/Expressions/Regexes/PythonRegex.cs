using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Regexes;

/// <summary>
/// A regular expression of Python's <c>re</c>. It runs without backtracking where its features allow that, and always under a
/// time limit: patterns come from manifests, texts from anywhere.
/// </summary>
internal sealed class PythonRegex
{
    private const int MaximumCached = 500;
    private const int MaximumLength = 10_000;
    private static readonly ConcurrentDictionary<(string, TimeSpan, bool), PythonRegex> Cache = new();

    private PythonRegex(Regex regex, IReadOnlyDictionary<string, int> names, int groupCount)
    {
        Regex = regex;
        Names = names;
        GroupCount = groupCount;
    }

    public Regex Regex { get; }

    /// <summary>The numbers of named groups. .NET would number them behind the others, so they have no names there.</summary>
    public IReadOnlyDictionary<string, int> Names { get; }

    public int GroupCount { get; }

    /// <summary>Compiles a pattern, or finds it among those compiled before.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="timeout">The time that one match may take.</param>
    /// <param name="wide">Whether the texts may have code points of two UTF-16 units.</param>
    public static PythonRegex Compile(string pattern, TimeSpan timeout, bool wide)
    {
        if (Cache.TryGetValue((pattern, timeout, wide), out var known))
            return known;
        var made = Make(pattern, timeout, wide);
        if (Cache.Count >= MaximumCached)
            Cache.Clear();
        return Cache.GetOrAdd((pattern, timeout, wide), made);
    }

    /// <summary>Runs something that matches, and turns the time limit into an error of values.</summary>
    public Value Guard(Func<Value> match)
    {
        try
        {
            return match();
        }
        catch (RegexMatchTimeoutException)
        {
            throw new ValueException(ValueErrorKind.Regex, "a regular expression took too long");
        }
    }

    private static PythonRegex Make(string pattern, TimeSpan timeout, bool wide)
    {
        if (pattern.Length > MaximumLength)
            throw new ValueException(ValueErrorKind.Regex, $"a regular expression is longer than {MaximumLength} characters");
        var translated = RegexTranslator.Translate(pattern, wide);
        try
        {
            return new PythonRegex(Build(translated.Pattern, timeout), translated.Names, translated.GroupCount);
        }
        catch (ArgumentException failed)
        {
            throw new ValueException(ValueErrorKind.Regex, $"a regular expression can't be compiled: {failed.GetType().Name}");
        }
    }

    private static Regex Build(string pattern, TimeSpan timeout)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, timeout);
        }
        catch (NotSupportedException)
        {
            // Lookaround, back references and the like need backtracking.
            return new Regex(pattern, RegexOptions.CultureInvariant, timeout);
        }
    }
}

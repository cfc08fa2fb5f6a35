using System.Text.RegularExpressions;

namespace Penstock.Pipelines.Contracts.Values;

/// <summary>Compiles the regular expressions of contracts: without backtracking, so that no text makes them slow.</summary>
internal static class Patterns
{
    /// <exception cref="ArgumentException">It isn't one, or needs backtracking.</exception>
    public static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException(e.Message, nameof(pattern), e);
        }
    }
}

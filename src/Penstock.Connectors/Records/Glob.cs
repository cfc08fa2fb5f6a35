namespace Penstock.Connectors.Records;

/// <summary>Python's <c>fnmatchcase</c>: <c>*</c>, <c>?</c>, <c>[abc]</c>, <c>[!a-z]</c>.</summary>
internal static class Glob
{
    public static bool IsPlain(string pattern) => !pattern.AsSpan().ContainsAny('*', '?', '[');

    public static bool Matches(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern)
    {
        // Going back to the last star only keeps this linear in practice and without recursion.
        int t = 0, p = 0, starPattern = -1, starText = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (starPattern, starText) = (++p, t);
            }
            else if (p < pattern.Length && MatchesOne(text[t], pattern[p..], out var used))
            {
                t++;
                p += used;
            }
            else if (starPattern >= 0)
            {
                (p, t) = (starPattern, ++starText);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }

    private static bool MatchesOne(char c, ReadOnlySpan<char> pattern, out int used)
    {
        used = 1;
        if (pattern[0] == '?')
        {
            return true;
        }

        var isNegated = pattern.Length > 1 && pattern[1] == '!';
        var first = isNegated ? 2 : 1;
        // A bracket right after the opening one is a member of the set.
        var length = pattern[0] == '[' && pattern.Length > first + 1 ? pattern[(first + 1)..].IndexOf(']') : -1;
        if (length < 0)
        {
            return c == pattern[0];
        }

        used = first + length + 2;
        return Contains(pattern.Slice(first, length + 1), c) != isNegated;
    }

    private static bool Contains(ReadOnlySpan<char> set, char c)
    {
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (c >= set[i] && c <= set[i + 2])
                {
                    return true;
                }

                i += 2;
            }
            else if (set[i] == c)
            {
                return true;
            }
        }

        return false;
    }
}

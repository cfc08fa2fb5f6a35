namespace Penstock.Pipelines.Definitions.Yaml;

/// <summary>Finds the name that somebody probably meant.</summary>
internal static class Nearest
{
    /// <summary>The candidate within two edits (one for short names), or null.</summary>
    public static string? Find(string written, IEnumerable<string> candidates) =>
        candidates
            .Select(candidate => (Name: candidate, Edits: Edits(written.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(pair => pair.Edits <= (Math.Min(written.Length, pair.Name.Length) < 5 ? 1 : 2))
            .OrderBy(pair => pair.Edits).ThenBy(pair => pair.Name, StringComparer.Ordinal)
            .Select(pair => pair.Name)
            .FirstOrDefault();

    /// <summary><c>Did you mean 'x'?</c>, or the names to choose from.</summary>
    public static string Advice(string written, IReadOnlyCollection<string> candidates) =>
        Find(written, candidates) is { } meant ? $"Did you mean '{meant}'?"
        : candidates.Count == 0 ? "There is none."
        : $"Known: {string.Join(", ", candidates.Take(20))}{(candidates.Count > 20 ? ", ..." : "")}.";

    // Optimal string alignment: like Levenshtein, and two swapped letters are one edit.
    private static int Edits(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 2)
            return int.MaxValue;
        var cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            cost[i, 0] = i;
        for (int j = 0; j <= b.Length; j++)
            cost[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(replace, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[a.Length, b.Length];
    }
}

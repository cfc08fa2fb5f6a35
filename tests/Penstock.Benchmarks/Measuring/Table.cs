namespace Penstock.Benchmarks.Measuring;

/// <summary>Writes rows as a Markdown table, so that what a benchmark prints can be put into a document as it is.</summary>
internal static class Table
{
    public static void Write(TextWriter output, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] all = [head, .. rows];
        int[] widths = [.. Enumerable.Range(0, head.Count).Select(column => all.Max(row => row[column].Length))];
        WriteRow(output, head, widths);
        output.WriteLine($"|{string.Join('|', widths.Select((width, column) => column == 0 ? new string('-', width + 2) : $"{new string('-', width + 1)}:"))}|");
        foreach (IReadOnlyList<string> row in all.Skip(1))
            WriteRow(output, row, widths);
    }

    private static void WriteRow(TextWriter output, IReadOnlyList<string> row, int[] widths) =>
        output.WriteLine($"| {string.Join(" | ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))} |");
}

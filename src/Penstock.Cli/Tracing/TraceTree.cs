using System.Globalization;
using static Penstock.Pipelines.Telemetry.TelemetryNames;

namespace Penstock.Cli.Tracing;

/// <summary>Draws one trace as a tree: what happened when, how long it took, and what came of it.</summary>
/// <param name="spans">The spans of the trace.</param>
/// <param name="showsAll">Whether many spans of a kind side by side are all drawn.</param>
internal sealed class TraceTree(IReadOnlyList<RecordedSpan> spans, bool showsAll)
{
    private const int MostAlike = 6;
    private readonly ILookup<string, RecordedSpan> _children = spans.Where(span => span.Parent is not null).ToLookup(span => span.Parent!);
    private readonly DateTimeOffset _start = spans.Min(span => span.Start);

    /// <summary>The rows: name with its place in the tree, start, duration, what came of it.</summary>
    public IReadOnlyList<TraceRow> Rows()
    {
        var rows = new List<TraceRow>();
        var known = spans.Select(span => span.Span).ToHashSet();
        // A parent that isn't here was another process's, or is too old.
        foreach (RecordedSpan root in spans.Where(span => span.Parent is null || !known.Contains(span.Parent)).OrderBy(span => span.Start))
            Add(rows, root, "", "");
        return rows;
    }

    private void Add(List<TraceRow> rows, RecordedSpan span, string before, string beforeChildren)
    {
        rows.Add(new TraceRow(before + span.Name, span.Start - _start, TimeSpan.FromMilliseconds(span.Milliseconds), Outcome(span), span.Error is not null));
        RecordedSpan[] children = [.. _children[span.Span].OrderBy(child => child.Start)];
        RecordedSpan[] shown = showsAll ? children : [.. children.GroupBy(child => child.Name).SelectMany(Few).OrderBy(child => child.Start)];
        for (int i = 0; i < shown.Length; i++)
        {
            bool isLast = i == shown.Length - 1 && shown.Length == children.Length;
            Add(rows, shown[i], beforeChildren + (isLast ? "└─ " : "├─ "), beforeChildren + (isLast ? "   " : "│  "));
        }

        if (children.Length > shown.Length)
        {
            RecordedSpan[] rest = [.. children.Except(shown)];
            string kinds = string.Join(", ", rest.GroupBy(child => child.Name).Select(kind => $"{kind.Count()} more {kind.Key}"));
            rows.Add(new TraceRow($"{beforeChildren}└─ … {kinds}", rest[0].Start - _start, null, "--all shows them", rest.Any(child => child.Error is not null)));
        }
    }

    // What failed is always shown.
    private static IEnumerable<RecordedSpan> Few(IEnumerable<RecordedSpan> alike) =>
        alike.Where((span, i) => i < MostAlike || span.Error is not null);

    private static string Outcome(RecordedSpan span)
    {
        var parts = new List<string?>
        {
            span.Get(Attributes.Trigger) is { } trigger ? trigger == "other" ? span.Get(Attributes.RunKind) : $"{span.Get(Attributes.RunKind)}, begun by {trigger}" : null,
            span.Get(Attributes.Slices) is { } slices ? $"{slices} slices" : null,
            span.Get(Attributes.Slice) is { } slice ? $"slice {slice}" : null,
            span.Get(Attributes.Outcome),
            span.Get(Attributes.RunStatus),
            span.Get("http.response.status_code"),
            span.Get(Attributes.Records) is { } records ? $"{records} records" : null,
            span.Get(Attributes.Quarantined) is { } quarantined and not "0" ? $"{quarantined} quarantined" : null,
            span.Get(Attributes.Bytes) is { } bytes ? $"{bytes} bytes" : null,
            span.Get(Attributes.RequestCharge) is { } charge ? $"{charge} RU" : null,
            Number(span.Get(Attributes.QueueWait)) is >= 1 and { } wait ? string.Create(CultureInfo.InvariantCulture, $"waited {wait:0.0} s") : null,
            span.Error is { } error ? $"FAILED: {error}" : null,
        };
        return string.Join(", ", parts.Concat(span.Events).OfType<string>());
    }

    private static double? Number(string? text) => double.TryParse(text, CultureInfo.InvariantCulture, out double number) ? number : null;
}

/// <summary>A line of a tree.</summary>
/// <param name="Name">The span's name behind its branches.</param>
/// <param name="After">How long after the trace's beginning it began.</param>
/// <param name="Took">How long it took; null for several.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="IsFailed">Whether it failed.</param>
internal sealed record TraceRow(string Name, TimeSpan After, TimeSpan? Took, string Outcome, bool IsFailed);

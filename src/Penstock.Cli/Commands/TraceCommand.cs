using System.CommandLine;
using System.Globalization;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Output;
using Penstock.Cli.Tracing;
using Penstock.Pipelines.Telemetry;
using Spectre.Console;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock trace</c>: one run as a tree of what happened when.</summary>
internal sealed class TraceCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly Argument<string?> _run = new("RUN")
    {
        Description = "A run's id, a stream as PIPELINE/STREAM, or a trace id. [default: the last run]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _all = new("--all") { Description = "Draw every span, however many are alike." };
    private readonly Option<string> _data = CommonOptions.Data();
    private readonly Option<bool> _json = CommonOptions.Json();

    public TraceCommand(Surroundings surroundings)
        : base(
            "trace",
            "Draws a run as a tree, from what began it to the last curated write: when each step began, how long it took, what came of it. 'sync', 'demo' and 'up' keep the last traces in the data folder.",
            ("trace", "the last run"),
            ("trace earthquakes/events", "the last run of a stream"),
            ("trace 20261128T085000Z --all", "every span of a run"))
    {
        _surroundings = surroundings;
        Add(_run);
        foreach (Option option in (Option[])[_all, _data, _json])
            Add(option);
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string data = _surroundings.FullPath(parsed.GetRequiredValue(_data));
        var folder = TraceFolder.Of(data);
        if (!folder.Exists)
        {
            return Task.FromResult(Failure.Report(_surroundings, $"No traces are kept in '{_surroundings.ShortPath(data)}'.",
                "Nothing has run here yet: try 'penstock demo' or 'penstock sync PIPELINE', or give the folder with --data DIR.", ExitCode.BadInput));
        }

        string? wanted = parsed.GetValue(_run);
        if (Find(folder, wanted) is not { Count: > 0 } spans)
        {
            return Task.FromResult(Failure.Report(_surroundings, wanted is null ? "No run was traced yet." : $"No trace of '{wanted}' is kept.",
                "The last 64 MiB of traces are kept. Leave RUN out for the last one, or see the runs with 'penstock status'.", ExitCode.BadInput));
        }

        if (parsed.GetValue(_json))
            Report.WriteJson(_surroundings, spans);
        else
            Write(spans, parsed.GetValue(_all));
        return Task.FromResult(ExitCode.Ok);
    }

    private static List<RecordedSpan> Find(TraceFolder folder, string? wanted)
    {
        // Two passes, so that not all traces are in memory at once.
        RecordedSpan? last = folder.Read().LastOrDefault(span => span.Get(TelemetryNames.Attributes.Pipeline) is not null && Matches(span, wanted));
        return last is null ? [] : [.. folder.Read().Where(span => span.Trace == last.Trace)];
    }

    private static bool Matches(RecordedSpan span, string? wanted) =>
        wanted is null || span.Trace == wanted || span.Get(TelemetryNames.Attributes.Run) == wanted
        || $"{span.Get(TelemetryNames.Attributes.Pipeline)}/{span.Get(TelemetryNames.Attributes.Stream)}" == wanted
        || span.Get(TelemetryNames.Attributes.Pipeline) == wanted;

    private void Write(List<RecordedSpan> spans, bool all)
    {
        TimeSpan took = spans.Max(span => span.End) - spans.Min(span => span.Start);
        _surroundings.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"trace {spans[0].Trace}: {spans.Count} spans in {took.TotalSeconds:0.000} s"));
        IReadOnlyList<TraceRow> rows = new TraceTree(spans, all).Rows();
        int width = rows.Max(row => row.Name.Length);
        IAnsiConsole console = Report.ConsoleOn(_surroundings.Out, _surroundings);
        foreach (TraceRow row in rows)
        {
            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Name.PadRight(width)}  {row.After.TotalSeconds,8:0.000} s {(row.Took is { } time ? $"{time.TotalMilliseconds:#,0.0} ms" : ""),13}  {row.Outcome}").TrimEnd();
            if (row.IsFailed && _surroundings.IsTerminal)
                console.MarkupLineInterpolated($"[red]{line}[/]");
            else
                _surroundings.Out.WriteLine(line);
        }
    }
}

using Penstock.Cli.CommandLine;
using Penstock.Cli.Local;
using Penstock.Pipelines.Runs;
using Spectre.Console;

namespace Penstock.Cli.Output;

/// <summary>Shows how far runs are on standard error: bars on a terminal, else a line whenever something has changed.</summary>
internal sealed class RunDisplay(Surroundings surroundings)
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(1);

    /// <summary>Shows the progress of some work that reports it.</summary>
    public Task<RunSnapshot> ShowAsync(Func<Action<RunSnapshot>, Task<RunSnapshot>> work) =>
        surroundings.IsTerminal ? BarsAsync(work) : LinesAsync(work);

    private Task<RunSnapshot> BarsAsync(Func<Action<RunSnapshot>, Task<RunSnapshot>> work) => Report.ConsoleOn(surroundings.Error, surroundings)
        .Progress()
        .HideCompleted(false)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
        .StartAsync(context =>
        {
            var bars = new Dictionary<string, (ProgressTask Extract, ProgressTask Transform)>();
            return work(snapshot =>
            {
                foreach (RunProgress one in snapshot.Runs)
                {
                    if (!bars.TryGetValue(one.Run.Stream, out var pair))
                        bars[one.Run.Stream] = pair = (context.AddTask(Markup.Escape(Extract(one)), maxValue: 1), context.AddTask(Markup.Escape(Transform(one)), maxValue: 1));
                    Set(pair.Extract, one.Run.Slices, one.Counts.SlicesLanded + one.Counts.SlicesFailed, one.Run.HasEnded, Extract(one));
                    // Most slices land one blob: before they have, their number is the best guess.
                    Set(pair.Transform, Math.Max(one.Counts.Blobs, one.Run.Slices), one.Counts.BlobsCurated, one.Run.HasEnded && one.Counts.IsCurated, Transform(one));
                }
            });
        });

    private async Task<RunSnapshot> LinesAsync(Func<Action<RunSnapshot>, Task<RunSnapshot>> work)
    {
        string last = "";
        TimeSpan at = -LineInterval;
        return await work(snapshot =>
        {
            string text = string.Join("; ", snapshot.Runs.Select(one => $"{Extract(one)}, {Transform(one)}"));
            if (text == last || (snapshot.Elapsed - at < LineInterval && !snapshot.IsDone))
                return;
            surroundings.Error.WriteLine($"[{snapshot.Elapsed.TotalSeconds,5:0.0} s] {text}");
            (last, at) = (text, snapshot.Elapsed);
        });
    }

    private static void Set(ProgressTask bar, int all, int done, bool isDone, string text)
    {
        bar.Description = Markup.Escape(text);
        bar.MaxValue = Math.Max(all, 1);
        bar.Value = isDone ? bar.MaxValue : Math.Min(done, bar.MaxValue - 0.01);
    }

    private static string Extract(RunProgress one) =>
        $"{one.Run.Stream}: {(one.Run.Status == RunStatus.Planning ? "planning, " : "")}{one.Counts.SlicesLanded} of {one.Run.Slices} slices, {one.Counts.Landed:N0} records landed"
        + (one.Counts.Remark is { } remark && !one.Run.HasEnded ? $" ({remark})" : "");

    private static string Transform(RunProgress one) => $"{one.Counts.BlobsCurated} of {one.Counts.Blobs} blobs, {one.Counts.Curated:N0} records curated";
}

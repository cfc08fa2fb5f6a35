using Penstock.Connectors.Manifests;
using Penstock.Connectors.Streams;

namespace Penstock.Connectors;

/// <summary>The manifest's <c>check</c>: which streams must answer for a config to be good.</summary>
/// <param name="Names">Streams by name (CheckStream).</param>
/// <param name="First">So many of the first streams (CheckDynamicStream).</param>
internal sealed record StreamChecks(IReadOnlyList<string> Names, int First)
{
    public static StreamChecks Read(ManifestNode root)
    {
        if (root.Child("check") is not { } check) return new([], 1);
        switch (check.Type)
        {
            case "CheckStream":
                var names = check.List("stream_names").Select(name => name.Scalar.ToString()).ToList();
                return new(names, names.Count == 0 ? 1 : 0);
            case "CheckDynamicStream":
                return new([], check.Flag("use_check_availability", absent: true) ? (int)Math.Clamp(check.Integer("stream_count") ?? 1, 0, 100) : 0);
            default:
                check.Unsupported("CheckStream", "CheckDynamicStream");
                return new([], 1);
        }
    }

    public async ValueTask<CheckResult> RunAsync(ConnectorSource source, CancellationToken cancellationToken)
    {
        if (source.Streams.Count == 0) return new CheckFailed("The connector has no stream that runs.");
        foreach (var name in Names)
        {
            if (source.Blocked.FirstOrDefault(blocked => blocked.Name == name) is { } blocked)
                return new CheckFailed($"The stream {name} can't run: {string.Join(" ", blocked.Problems)}");
            if (source.Streams.FirstOrDefault(stream => stream.Name == name) is not { } stream)
                return new CheckFailed($"The manifest's check names the stream {name}, which it doesn't have.");
            if (await FirstPageAsync(stream, cancellationToken) is { } failed) return failed;
        }

        foreach (var stream in source.Streams.Take(First))
            if (await FirstPageAsync(stream, cancellationToken) is { } failed) return failed;
        return CheckPassed.Instance;
    }

    // A stream that has nothing to read is available all the same.
    private static async ValueTask<CheckResult?> FirstPageAsync(IStream stream, CancellationToken cancellationToken)
    {
        await foreach (var plan in stream.PlanAsync(new PlanRequest(NoCursors.Instance), cancellationToken))
        {
            if (plan is PlanWaits waits) return new CheckWaits(waits.Until, waits.Reason);
            if (plan is PlanFailed failed) return new CheckFailed($"Stream {stream.Name}: {failed.Error.Message}");
            if (((SlicesPlanned)plan).Slices is not [var slice, ..]) continue;
            await foreach (var step in stream.ReadAsync(slice, null, cancellationToken))
            {
                return step switch
                {
                    ReadWaits wait => new CheckWaits(wait.Until, wait.Reason),
                    ReadFailed fail => new CheckFailed($"Stream {stream.Name}: {fail.Error.Message}"),
                    _ => null,
                };
            }

            return null;
        }

        return null;
    }
}

using Penstock.Connectors.Manifests;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;

namespace Penstock.Connectors;

/// <summary>The manifest's <c>check</c>: which streams must answer for a config to be good.</summary>
/// <param name="Names">Streams by name (CheckStream).</param>
/// <param name="First">So many of the first streams (CheckDynamicStream).</param>
/// <param name="Dynamic">So many of the streams that each of these dynamic streams gave; null for all.</param>
internal sealed record StreamChecks(IReadOnlyList<string> Names, int First, IReadOnlyList<(string Name, int? Count)> Dynamic)
{
    // Airbyte lets a config name the streams to check.
    private const string NamesInConfig = "__airbyte_check_stream_names";

    public static StreamChecks Read(ManifestNode root, DictValue config)
    {
        if (root.Child("check") is not { } check) return new([], 1, []);
        switch (check.Type)
        {
            case "CheckStream":
                var names = config.Find(NamesInConfig).AsList is { Elements.Count: > 0 } given
                    ? given.Elements.ConvertAll(name => name.ToString())
                    : check.List("stream_names").Select(name => name.Scalar.ToString()).ToList();
                var dynamic = check.List("dynamic_streams_check_configs").Select(one => (one.RequiredText("dynamic_stream_name"), (int?)one.Integer("stream_count"))).ToList();
                return new(names, names.Count + dynamic.Count == 0 ? 1 : 0, dynamic);
            case "CheckDynamicStream":
                return new([], check.Flag("use_check_availability", absent: true) ? (int)Math.Clamp(check.Integer("stream_count") ?? 1, 0, 100) : 0, []);
            default:
                check.Unsupported("CheckStream", "CheckDynamicStream");
                return new([], 1, []);
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
        foreach (var (name, count) in Dynamic)
        {
            if (!source.DynamicStreams.TryGetValue(name, out var generated))
                return new CheckFailed($"The manifest's check names the dynamic stream {name}, which it doesn't have.");
            foreach (var stream in source.Streams.Where(stream => generated.Contains(stream.Name)).Take(count ?? int.MaxValue))
                if (await FirstPageAsync(stream, cancellationToken) is { } failed) return failed;
        }

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

using System.Text.Json;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Watching.Figures;

/// <summary>Writes a run that has ended as a record of <c>penstock.runs</c>.</summary>
internal static class RunRecords
{
    public static ReadOnlyMemory<byte> Of(Run run, RunCounts counts)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("pipeline", run.Pipeline);
            json.WriteString("stream", run.Stream);
            json.WriteString("run", run.Id);
            json.WriteString("kind", run.Kind.ToString().ToLowerInvariant());
            json.WriteString("status", run.Status.ToString().ToLowerInvariant());
            json.WriteString("created_at", run.CreatedAt);
            json.WriteString("ended_at", run.EndedAt ?? run.CreatedAt);
            json.WriteNumber("seconds", ((run.EndedAt ?? run.CreatedAt) - run.CreatedAt).TotalSeconds);
            json.WriteNumber("slices", run.Slices);
            json.WriteNumber("slices_failed", counts.SlicesFailed);
            json.WriteNumber("blobs", counts.Blobs);
            json.WriteNumber("bytes", counts.Bytes);
            json.WriteNumber("read", counts.Read);
            json.WriteNumber("landed", counts.Landed);
            json.WriteNumber("curated", counts.Curated);
            json.WriteNumber("stale", counts.Stale);
            json.WriteNumber("quarantined", counts.Quarantined);
            json.WriteNumber("filtered", counts.Filtered);
            json.WriteNumber("calls", counts.Calls);
            json.WriteNumber("throttled", counts.Throttled);
            json.WriteNumber("version", counts.BlobsCurated);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}

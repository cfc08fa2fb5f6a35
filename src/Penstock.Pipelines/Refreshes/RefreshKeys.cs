using System.Text;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Records;
using Penstock.Pipelines.Statistics;
using Penstock.Pipelines.Transforming;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Refreshes;

/// <summary>Reads the keys of landed records as a deletion of them would have them.</summary>
/// <param name="transform">The way of the stream's records.</param>
/// <param name="takenAt">When the run was planned: the time of its deletions.</param>
/// <param name="blobs">Raw.</param>
internal sealed class RefreshKeys(StreamTransform transform, DateTimeOffset takenAt, IBlobStore blobs)
{
    private readonly IdentityReader _identity = new(transform.Identity);

    /// <summary>Takes a record with its key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">The key's hash.</param>
    /// <param name="version">The record's version.</param>
    /// <param name="line">The line as it was landed, valid until the call returns.</param>
    public delegate void Sink(string key, ulong hash, string version, ReadOnlySpan<byte> line);

    /// <summary>Records that have no key, or that can't be read.</summary>
    public long Unreadable { get; private set; }

    /// <summary>Why a step can't begin now; null if none is missing.</summary>
    public string? Unavailable { get; private set; }

    /// <summary>Doesn't count some of them.</summary>
    public void Forget(long records) => Unreadable -= records;

    /// <summary>Reads a blob's records; false if a step can't begin now. A blob that is gone has none.</summary>
    public async ValueTask<bool> ReadAsync(string rawBlob, Sink sink, CancellationToken cancellationToken)
    {
        var context = new BlobContext(transform.Pipeline, transform.Stream, rawBlob, takenAt, null) { SaysGone = true };
        (RecordFlow? flow, Unavailable) = await transform.BeginAsync(context, cancellationToken);
        if (flow is null)
            return false;
        using (flow)
        {
            if (await blobs.OpenAsync(rawBlob, cancellationToken) is not { } content)
                return true;
            var ties = new TieBreaks(rawBlob, RawNames.TakenAt(rawBlob) ?? takenAt);
            await using var lines = new RawLines(content);
            for (long number = 1; await lines.FillAsync(cancellationToken);)
            {
                for (; lines.TryRead(out ReadOnlyMemory<byte> line); number++)
                    Take(flow, ties, number, line.Span, sink);
            }
        }

        return true;
    }

    // A record that its stream's filter leaves out isn't there for analysts, nor is one whose subject was erased.
    private void Take(RecordFlow flow, TieBreaks ties, long number, ReadOnlySpan<byte> line, Sink sink)
    {
        StepVerdict verdict = flow.Run(number, line, out ReadOnlySpan<byte> record);
        if (verdict == StepVerdict.LeftOut)
            return;
        ReadOnlySpan<char> tie = ties.Of(null, number, stackalloc char[TieBreaks.MaxLength]);
        if (verdict == StepVerdict.SetAside
            || _identity.Read(record, flow.Context.IsValid, tie, flow.Context.Version, flow.Context.Digest, flow.Context.AreNamesOnce) is not null)
            Unreadable++;
        else
            sink(_identity.Key, ValueHash.Of(Encoding.UTF8.GetBytes(_identity.Key)), _identity.Version, line);
    }
}

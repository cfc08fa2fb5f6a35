using System.Runtime.CompilerServices;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Partitions;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Streams;

/// <summary>Reads all records of a stream, for what a connector must know of its source before it can be used.</summary>
internal static class StreamRecords
{
    public static async IAsyncEnumerable<RecordStep> ReadAsync(IStream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var plan in stream.PlanAsync(new PlanRequest(NoCursors.Instance), cancellationToken))
        {
            if (plan is not SlicesPlanned batch)
            {
                yield return plan is PlanWaits waits ? RecordsEnded.Waiting(waits.Until, waits.Reason) : new RecordsEnded(((PlanFailed)plan).Error, null);
                yield break;
            }

            foreach (var slice in batch.Slices)
            {
                await foreach (var step in stream.ReadAsync(slice, null, cancellationToken))
                {
                    if (step is not PageRead page)
                    {
                        yield return step is ReadWaits waits ? RecordsEnded.Waiting(waits.Until, waits.Reason) : new RecordsEnded(((ReadFailed)step).Error, null);
                        yield break;
                    }

                    // The page's memory ends with the next step, so all of it is read now.
                    var extra = slice.ExtraFields is null ? null : ValueJsonReader.Read(slice.ExtraFields).AsDict;
                    var sliceValue = new SliceValue(PartitionJson.Read(slice.Partition), extraFields: extra);
                    foreach (var record in page.Records.Select(json => ValueJsonReader.Read(json.Span)).ToList()) yield return new RecordFound(record, sliceValue);
                }
            }
        }
    }
}

/// <summary>A record, or why there are no more.</summary>
internal abstract record RecordStep;

/// <summary>A record.</summary>
/// <param name="Record">The record.</param>
/// <param name="Slice">The slice that it is of.</param>
internal sealed record RecordFound(Value Record, SliceValue Slice) : RecordStep;

/// <summary>Reading ended before its end.</summary>
/// <param name="Error">Why.</param>
/// <param name="Until">When to try again; null if waiting doesn't help.</param>
internal sealed record RecordsEnded(SourceError Error, DateTimeOffset? Until) : RecordStep
{
    public static RecordsEnded Waiting(DateTimeOffset until, string reason) => new(new SourceError(SourceErrorKind.Transient, reason), until);
}

using System.Diagnostics;
using System.Globalization;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Pipelines.Runs;

/// <summary>One attempt at a slice: gathers pages, puts them as a raw blob under a name only it can produce, and commits.</summary>
public sealed class SliceAttempt : IAsyncDisposable
{
    private readonly ExtractMessage _message;
    private readonly string _owner;
    private readonly DocumentStore _documents;
    private readonly IBlobStore _blobs;
    private readonly WorkSender _sender;
    private readonly ExtractOptions _options;
    private readonly TimeProvider _time;
    private readonly RawBlobWriter _writer = new();
    private Document<SliceDocument> _committed;
    private SliceDocument _next;
    private DateTimeOffset _takenAt;
    private DateTimeOffset _committedAt;
    private int _commits;

    internal SliceAttempt(
        ExtractMessage message, Document<SliceDocument> taken, string owner, DocumentStore documents, IBlobStore blobs,
        WorkSender sender, ExtractOptions options, TimeProvider time)
    {
        (_message, _owner, _documents, _blobs, _sender, _options, _time) = (message, owner, documents, blobs, sender, options, time);
        (_committed, _next, _committedAt) = (taken, taken.Value, time.GetUtcNow());
    }

    /// <summary>The slice as it is committed.</summary>
    public SliceDocument Slice => _committed.Value;

    /// <summary>Whether enough is gathered, or it was gathered long enough ago.</summary>
    public bool MustCommit => _writer.Bytes >= _options.BlobBytes || _time.GetUtcNow() - _committedAt >= _options.CommitInterval;

    /// <summary>Gathers a page.</summary>
    public void Add(PageRead page, IStream stream)
    {
        if (_writer.Records == 0)
            _takenAt = _time.GetUtcNow();
        foreach (ReadOnlyMemory<byte> record in page.Records)
            _writer.Add(record.Span);
        Count(page.Calls);
        _next = _next with
        {
            Position = page.NextPosition,
            GreatestCursor = stream.Greatest(_next.GreatestCursor, page.GreatestCursor),
            Records = _next.Records + page.Records.Count,
            Filtered = _next.Filtered + page.Filtered,
            Failures = 0,
        };
    }

    /// <summary>Counts calls that gave no page.</summary>
    public void Count(CallCounts calls)
    {
        _next = _next with { Calls = _next.Calls + calls.Made, Throttled = _next.Throttled + calls.Throttled };
        Instruments.Called(_message.Pipeline, _message.Stream, calls.Made, calls.Throttled);
    }

    /// <summary>Counts a failure; gives how many there were in a row.</summary>
    public int Fail()
    {
        _next = _next with { Failures = _next.Failures + 1 };
        return _next.Failures;
    }

    /// <summary>
    /// Lands what is gathered and commits it together with the position; then sends the transforms. False if another attempt
    /// has taken the slice over: then nothing of this attempt counts since its last commit.
    /// </summary>
    /// <param name="status">How far the slice is.</param>
    /// <param name="release">Whether others may take it at once.</param>
    /// <param name="remark">The last failure, or why it waits; null if all is well.</param>
    /// <param name="waitsUntil">Until when it waits; null if it doesn't.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<bool> CommitAsync(
        SliceStatus status, bool release, string? remark = null, DateTimeOffset? waitsUntil = null, CancellationToken cancellationToken = default)
    {
        using Activity? span = _writer.Records == 0 ? null : Tracing.Part(TelemetryNames.Spans.Land, _message.Pipeline, _message.Stream);
        string? blob = await PutAsync(cancellationToken);
        if (blob is not null)
            Landed(span, _next.Blobs[^1]);
        DateTimeOffset now = _time.GetUtcNow();
        _next = _next with
        {
            Status = status,
            Remark = remark,
            WaitsUntil = waitsUntil,
            Lease = release ? null : new Lease(_owner, now + _options.LeaseDuration),
            // What was in the outbox before has been sent by now.
            Outbox = blob is null ? [] : [blob],
            Trace = blob is null ? _next.Trace : TraceContext.Current,
            Commit = string.Create(CultureInfo.InvariantCulture, $"{_owner}.{++_commits}"),
            ChangedAt = now,
            Usage = Used() + (status == SliceStatus.Open ? Usage.None : SliceEnds.Entering),
        };
        if (!await WriteAsync(cancellationToken))
        {
            span.Fail("lease_lost", "Another attempt took the slice over.");
            return false;
        }

        if (blob is not null)
            Instruments.Landed(_message.Pipeline, _message.Stream, Slice.Blobs[^1]);
        _committedAt = now;
        await SendOutboxAsync(cancellationToken);
        if (status != SliceStatus.Open && Slice.Outbox.Count > 0)
        {
            // Should this write fail, the next attempt at the ended slice sends the transforms once more: harmless.
            _next = _next with { Outbox = [], Usage = Used(), Commit = string.Create(CultureInfo.InvariantCulture, $"{_owner}.{++_commits}") };
            await WriteAsync(cancellationToken);
        }

        return true;
    }

    /// <summary>Sends the transforms of what is committed.</summary>
    public async ValueTask SendOutboxAsync(CancellationToken cancellationToken)
    {
        foreach (string blob in Slice.Outbox)
            await _sender.SendAsync(new TransformMessage(_message.Pipeline, _message.Stream, blob), context: Slice.Trace, cancellationToken: cancellationToken);
    }

    /// <summary>Lets others take the slice where it is committed; what was gathered since is read again. Not to be cancelled.</summary>
    public async ValueTask ReleaseAsync()
    {
        string commit = string.Create(CultureInfo.InvariantCulture, $"{_owner}.{++_commits}");
        // As it is stored: the last commit may have been, with its answer lost on the way.
        await _documents.ChangeAsync<SliceDocument>(
            _committed.Name, slice => slice?.Lease?.Owner == _owner ? slice with { Lease = null, Commit = commit, ChangedAt = _time.GetUtcNow() } : slice, CancellationToken.None);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _writer.Dispose();
        return ValueTask.CompletedTask;
    }

    private Usage Used() => (_next.Usage ?? Usage.None) + UsageMeter.Take();

    private static void Landed(Activity? span, LandedBlob blob) => span?
        .SetTag(TelemetryNames.Attributes.Blob, blob.Name)
        .SetTag(TelemetryNames.Attributes.Records, blob.Records)
        .SetTag(TelemetryNames.Attributes.Bytes, blob.Bytes);

    private async ValueTask<string?> PutAsync(CancellationToken cancellationToken)
    {
        if (_writer.Records == 0)
            return null;
        string rest = string.Create(CultureInfo.InvariantCulture, $"{_message.Run}-{_message.Slice:D8}-{_owner}-{_commits + 1}");
        string name = RawNames.Name(_message.Pipeline, _message.Stream, _takenAt, rest);
        ReadOnlyMemory<byte> content = _writer.Finish();
        // Only this attempt can produce the name: a conflict is its own earlier write whose answer was lost.
        await _blobs.PutIfAbsentAsync(name, content, cancellationToken);
        _next = _next with { Blobs = [.. _next.Blobs, new LandedBlob(name, _writer.Records, content.Length)] };
        _writer.Clear();
        return name;
    }

    private async ValueTask<bool> WriteAsync(CancellationToken cancellationToken)
    {
        if (await _documents.ReplaceAsync(_committed, _next, cancellationToken) is { } written)
        {
            _committed = written;
            return true;
        }

        // The write may have been ours, with its answer lost on the way.
        if (await _documents.FindAsync<SliceDocument>(_committed.Name, cancellationToken) is not { } current || current.Value.Commit != _next.Commit)
            return false;
        _committed = current;
        return true;
    }
}

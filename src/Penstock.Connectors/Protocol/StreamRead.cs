using Penstock.Connectors.Cursors;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Protocol;

/// <summary>Reads one stream from its plan to its end, in this process, and writes what it gives as Airbyte messages.</summary>
internal sealed class StreamRead
{
    private readonly DeclarativeStream _stream;
    private readonly MessageWriter _messages;
    private readonly TimeProvider _time;
    private readonly StreamState _state;
    private readonly HeldBack _ahead;
    private long _records;
    private bool _failed;

    public StreamRead(DeclarativeStream stream, DictValue? state, MessageWriter messages, TimeProvider time)
    {
        (_stream, _messages, _time) = (stream, messages, time);
        _state = new StreamState(state, stream.StateShape, time);
        _ahead = new HeldBack(stream.Router, stream.Cursor is not null);
    }

    /// <summary>Reads the stream; true if all of it could be read.</summary>
    public async ValueTask<bool> RunAsync(CancellationToken cancellationToken)
    {
        _messages.Status(_stream.Name, "STARTED");
        var asOf = _time.GetUtcNow();
        PlanRequest? request = new(_state, AsOf: asOf);
        await GuardedAsync(async () =>
        {
            while (request is not null) request = await PlanAsync(request, cancellationToken);
        });
        await GuardedAsync(() =>
        {
            _messages.State(_stream.Name, _state.ToValue(isEnd: true), _records);
            return ValueTask.CompletedTask;
        });
        _messages.Status(_stream.Name, _failed ? "INCOMPLETE" : "COMPLETE");
        return !_failed;
    }

    // Gives where planning goes on after a wait, or null when it is through.
    private async ValueTask<PlanRequest?> PlanAsync(PlanRequest request, CancellationToken cancellationToken)
    {
        var position = request.Position;
        await foreach (var step in _stream.PlanAsync(request, cancellationToken))
        {
            switch (step)
            {
                case SlicesPlanned batch:
                    foreach (var slice in batch.Slices) _state.Planned(slice);
                    await ReadAsync(_ahead.Add(batch), cancellationToken);
                    position = batch.NextPosition;
                    break;
                case PlanWaits waits:
                    await WaitAsync(waits.Until, waits.Reason, cancellationToken);
                    return request with { Position = position };
                case PlanFailed failed:
                    await ReadAsync(_ahead.Fail(), cancellationToken);
                    foreach (var slice in _ahead.Lost) _state.Forget(slice);
                    Fail(failed.Error);
                    return null;
            }
        }

        await ReadAsync(_ahead.End(), cancellationToken);
        return null;
    }

    private async ValueTask ReadAsync(IReadOnlyList<StreamSlice> slices, CancellationToken cancellationToken)
    {
        foreach (var slice in slices) await GuardedAsync(() => ReadAsync(slice, cancellationToken));
    }

    private async ValueTask ReadAsync(StreamSlice slice, CancellationToken cancellationToken)
    {
        string? position = null;
        string? greatest = null;
        while (true)
        {
            DateTimeOffset? until = null;
            await foreach (var step in _stream.ReadAsync(slice, position, cancellationToken))
            {
                switch (step)
                {
                    case PageRead page:
                        Write(page);
                        greatest = _stream.Greatest(greatest, page.GreatestCursor);
                        position = page.NextPosition;
                        break;
                    case ReadWaits waits:
                        until = waits.Until;
                        await WaitAsync(waits.Until, waits.Reason, cancellationToken);
                        break;
                    case ReadFailed failed:
                        Fail(failed.Error);
                        return;
                }
            }

            if (until is not null) continue;
            _state.Complete(slice, greatest);
            return;
        }
    }

    // What nobody expected fails this slice or this stream; the next ones are still read.
    private async ValueTask GuardedAsync(Func<ValueTask> act)
    {
        try
        {
            await act();
        }
        catch (Http.SourceFaultException fault)
        {
            Fail(fault.Error);
        }
        catch (Exception unexpected) when (unexpected is not OperationCanceledException)
        {
            Fail(new SourceError(SourceErrorKind.System, $"Reading failed unexpectedly ({unexpected.GetType().Name} in {unexpected.TargetSite?.DeclaringType?.Name})."));
        }
    }

    private void Write(PageRead page)
    {
        if (page.Records.Count > 0 && _records == 0) _messages.Status(_stream.Name, "RUNNING");
        _messages.Records(_stream.Name, page.Records);
        _records += page.Records.Count;
        _messages.Flush();
    }

    private void Fail(SourceError error)
    {
        _failed = true;
        _messages.Error(error, _stream.Name);
    }

    private async ValueTask WaitAsync(DateTimeOffset until, string reason, CancellationToken cancellationToken)
    {
        _messages.Log("INFO", $"{_stream.Name}: waiting until {until:O}: {reason}");
        _messages.Flush();
        var left = until - _time.GetUtcNow();
        if (left > TimeSpan.Zero) await Task.Delay(left, _time, cancellationToken);
    }
}

using System.Text.Json;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Pagination;
using Penstock.Connectors.Records;
using Penstock.Connectors.Records.Normalisation;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Retrieval;

/// <summary>One reading of a slice: which page it stands at, and what of that page was given already.</summary>
internal sealed class SliceReading(SimpleRetriever retriever, SliceScope slice, Action<DictValue>? normalise) : IAsyncDisposable
{
    private PageRequest _request = new(retriever, slice);
    private PageLoopGuard _guard = new();
    private PagingProgress _progress = PagingProgress.None;
    private bool _isGiven;
    private PageSelection? _selection;
    private Value _token;
    private long _skip;
    private long _selectedBefore;
    private IPage? _page;
    private bool _isDone;
    private CallCounts _calls;

    /// <summary>The first step.</summary>
    public async ValueTask<ReadStep?> BeginAsync(string? position, CancellationToken cancellationToken)
    {
        try
        {
            var from = position is null ? new Position(retriever.Paginator.FirstToken) : Position.Parse(position);
            (_token, _skip, _selectedBefore) = (from.Token, from.Skip, from.Selected);
            _isGiven = position is null && GivenResponse.IsIn(slice);
            Take(from.Progress ?? PagingProgress.None);
        }
        catch (SourceFaultException fault)
        {
            return End(new ReadFailed(fault.Error));
        }

        return await NextAsync(cancellationToken);
    }

    /// <summary>The next step; null at the end. What the last step gave is no longer valid.</summary>
    public async ValueTask<ReadStep?> NextAsync(CancellationToken cancellationToken)
    {
        var step = await NextUncountedAsync(cancellationToken);
        (var calls, _calls) = (_calls, default);
        return step is null ? null : step with { Calls = calls };
    }

    private async ValueTask<ReadStep?> NextUncountedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _isDone ? null : await ReadAsync(cancellationToken);
        }
        catch (SourceFaultException fault)
        {
            return End(new ReadFailed(fault.Error));
        }
        catch (ExpressionException failed)
        {
            return End(new ReadFailed(new SourceError(SourceErrorKind.System, $"Stream {Name}: a template failed: {failed.Message}")));
        }
        catch (ValueException failed)
        {
            return End(new ReadFailed(new SourceError(SourceErrorKind.System, $"Stream {Name}: {failed.Message}")));
        }
        catch (JsonException invalid)
        {
            return End(new ReadFailed(new SourceError(
                SourceErrorKind.System, $"Stream {Name}: the response of {_page?.Call} is not JSON, at line {invalid.LineNumber + 1}, byte {invalid.BytePositionInLine}.", 200)));
        }
    }

    private string Name => retriever.Parts.StreamName;

    private async ValueTask<ReadStep> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_page is null && await SendAsync(cancellationToken) is { } end)
            {
                return end;
            }

            if (_page is not null)
            {
                var step = await _page.NextAsync(cancellationToken);
                _calls += _page.Calls;
                if (step is not null)
                {
                    Observe((step as PageRead)?.GreatestCursor);
                    return step is PageRead ? step : End(step);
                }

                if (_page.AsksForReset) BeginAgain();
            }

            await LeavePageAsync();
        }
    }

    private async ValueTask<ReadStep?> SendAsync(CancellationToken cancellationToken)
    {
        if (retriever.Properties is not null)
        {
            _page = new MergedPage(retriever, _request, Selection(), _token, NextAfter);
            return null;
        }

        if (_isGiven)
        {
            (_isGiven, _token) = (false, Value.None);
            _page = new PageReading(retriever, Selection(), GivenResponse.Of(slice, retriever.Parts.Connector), Here, NextAfter);
            return null;
        }

        var outcome = await _request.SendAsync(_token, null, cancellationToken);
        _calls += outcome.Calls;
        switch (outcome)
        {
            case Delivered { Answer: { IsOk: true } answer }:
                _page = new PageReading(retriever, Selection(), answer, Here, NextAfter);
                return null;
            case Delivered { Answer: var answer }:
                answer.Dispose();
                return End(new PageRead([], null, null, 0));
            case MustWait wait:
                return End(wait.ToStep());
            case SendFailed failed:
                return End(new ReadFailed(failed.Error));
            default:
                BeginAgain();
                return null;
        }
    }

    private Position Here => new(_token, _skip, _selectedBefore, _progress);

    private PageSelection Selection() => _selection ??= new PageSelection(
        retriever.Selector, slice.Slice, _request.Variables(Value.None), normalise, retriever.Paginator.ResponseFields);

    /// <summary>Decides after a page how it goes on, and gives the next position.</summary>
    private string? NextAfter(PageView? view, ReadOnlySpan<byte> body)
    {
        if (view is not null && retriever.Reset != PaginationReset.Once)
        {
            Observe(_selection?.PeekGreatestCursor());
            _progress = _progress with { Records = _progress.Records + view.Records };
            if (_progress.Records >= retriever.Reset.Limit)
            {
                BeginAgain();
                return Here.ToString();
            }
        }

        var isLast = view is null || retriever.HasReachedKnown(view.LastRecord, slice.Slice);
        var next = isLast ? Value.None : retriever.Paginator.Next(view!, _token);
        (_skip, _selectedBefore) = (0, 0);
        _isDone = next.IsNone;
        if (_isDone)
        {
            return null;
        }

        _guard.Check(body, view!.RecordsOfSource, next);
        _token = next;
        return Here.ToString();
    }

    // Records that were landed before are landed again, which is harmless.
    private void BeginAgain()
    {
        Take(_progress.Again(retriever.Reset, slice.Slice.Window?.Start));
        (_token, _skip, _selectedBefore) = (retriever.Paginator.FirstToken, 0, 0);
        _guard = new PageLoopGuard();
    }

    private void Take(PagingProgress progress)
    {
        _progress = progress;
        _request = new PageRequest(retriever, progress.Cut(slice, retriever.Reset.Cursor));
    }

    private void Observe(string? greatest)
    {
        if (greatest is not null && retriever.Reset.Cursor is { } cursor) _progress = _progress.Observe(greatest, cursor);
    }

    private async ValueTask LeavePageAsync()
    {
        if (_page is not null)
        {
            await _page.DisposeAsync();
            _page = null;
        }
    }

    private T End<T>(T step)
        where T : ReadStep
    {
        _isDone = true;
        return step;
    }

    public async ValueTask DisposeAsync()
    {
        await LeavePageAsync();
        _selection?.Dispose();
    }
}

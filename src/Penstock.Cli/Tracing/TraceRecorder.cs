using System.Diagnostics;
using System.Threading.Channels;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Cli.Tracing;

/// <summary>Keeps the spans of this process in a folder, in the background. A trace is never worth failing or slowing the work.</summary>
internal sealed class TraceRecorder : IAsyncDisposable
{
    private const int MostWaiting = 50_000;
    private readonly Channel<RecordedSpan> _spans = Channel.CreateBounded<RecordedSpan>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly TraceFolder _folder;
    private readonly ActivityListener _listener;
    private readonly Task _writing;

    /// <summary>Begins to record.</summary>
    public TraceRecorder(TraceFolder folder)
    {
        _folder = folder;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetryNames.Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.Recorded)
                    _spans.Writer.TryWrite(RecordedSpan.Of(span));
            },
        };
        ActivitySource.AddActivityListener(_listener);
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Writes what is left, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _spans.Writer.Complete();
        await _writing;
    }

    private async Task WriteAsync()
    {
        var batch = new List<RecordedSpan>();
        while (await _spans.Reader.WaitToReadAsync())
        {
            while (batch.Count < 1_000 && _spans.Reader.TryRead(out RecordedSpan? span))
                batch.Add(span);
            try
            {
                _folder.Write(batch);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The disk is full or the folder is gone: the work has more to say about that than we.
            }

            batch.Clear();
        }
    }
}

namespace Penstock.Simulator;

/// <summary>Counts calls and keeps the latest.</summary>
internal sealed class CallLog(int size)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _byKey = new(StringComparer.Ordinal);
    private readonly Queue<LoggedCall> _latest = new();
    private long _arrived;
    private long _allowed;
    private long _refused;
    private long _throttled;
    private long _serverErrors;
    private long _cut;

    public long Arrive() => Interlocked.Increment(ref _arrived);

    public void Add(LoggedCall call, bool allowed, bool cut)
    {
        lock (_lock)
        {
            if (call.Key.Length > 0) _byKey[call.Key] = _byKey.GetValueOrDefault(call.Key) + 1;
            if (allowed) _allowed++;
            if (call.Status is 401 or 403) _refused++;
            if (call.Status == 429) _throttled++;
            if (call.Status >= 500) _serverErrors++;
            if (cut) _cut++;
            if (size == 0) return;
            if (_latest.Count == size) _latest.Dequeue();
            _latest.Enqueue(call);
        }
    }

    public SimulatorStatistics Snapshot(IReadOnlyDictionary<string, DatasetStatistics> datasets)
    {
        lock (_lock)
        {
            return new()
            {
                Calls = _arrived,
                CallsByKey = new SortedDictionary<string, long>(_byKey, StringComparer.Ordinal),
                Allowed = _allowed,
                Refused = _refused,
                Throttled = _throttled,
                ServerErrors = _serverErrors,
                Cut = _cut,
                Datasets = datasets,
                Log = [.. _latest],
            };
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            (_arrived, _allowed, _refused, _throttled, _serverErrors, _cut) = (0, 0, 0, 0, 0, 0);
            _byKey.Clear();
            _latest.Clear();
        }
    }
}

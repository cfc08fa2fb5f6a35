using Microsoft.AspNetCore.Http;
using Penstock.Connectors.Budgets;
using Penstock.Simulator;

namespace Penstock.Testing.Budgets;

/// <summary>A source that meters calls and tells of its limits as the simulated API does, without HTTP.</summary>
/// <param name="quotas">Its limits.</param>
/// <param name="headers">How it tells of them.</param>
/// <param name="time">Its clock.</param>
public sealed class TrialSource(IReadOnlyList<Simulator.Quota> quotas, RateLimitHeaderOptions headers, TimeProvider time)
{
    private readonly KeyMeter _meter = new(quotas);
    private readonly RateLimitHeaders _headers = new(headers);
    private readonly Lock _lock = new();

    /// <summary>The calls that arrived, in order.</summary>
    public List<TrialCall> Calls { get; } = [];

    /// <summary>How many workers have called.</summary>
    public int Workers
    {
        get
        {
            lock (_lock)
                return Calls.Select(call => call.Worker).Distinct().Count();
        }
    }

    /// <summary>The calls of a while.</summary>
    public IReadOnlyList<TrialCall> Between(DateTimeOffset from, DateTimeOffset to)
    {
        lock (_lock)
            return [.. Calls.Where(call => call.At >= from && call.At < to)];
    }

    /// <summary>A call arrives; the answer is told, and the call is over some time later.</summary>
    public async Task<SourceAnswer> ReceiveAsync(int worker, bool isLive, TimeSpan lasting)
    {
        SourceAnswer answer = Answer(worker, isLive);
        await Task.Delay(lasting, time);
        return answer;
    }

    private SourceAnswer Answer(int worker, bool isLive)
    {
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            using var permit = _meter.Take(now);
            Calls.Add(new TrialCall(now, worker, isLive, permit.Allowed));
            var told = new HeaderDictionary { ["Date"] = (now + headers.ClockAhead).ToString("R") };
            _headers.Write(told, permit, now);
            return new SourceAnswer(permit.Allowed ? 200 : 429, told.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()));
        }
    }
}

/// <summary>A call as the source saw it.</summary>
/// <param name="At">When it arrived.</param>
/// <param name="Worker">Who made it.</param>
/// <param name="IsLive">Whether it was for a live run.</param>
/// <param name="IsAccepted">Whether the source let it through.</param>
public readonly record struct TrialCall(DateTimeOffset At, int Worker, bool IsLive, bool IsAccepted);

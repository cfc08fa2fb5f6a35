using System.Text;
using Penstock.Pipelines.Receiving;
using Penstock.Pipelines.Stages;
using Penstock.Simulation.Faults;

namespace Penstock.Simulation.Hosting;

/// <summary>
/// A partition of an Event Hub and the host that reads it: batch by batch from its checkpoint, which moves when a batch's
/// function has ended well. A failed batch is tried again for ever; a dead or robbed owner's successor begins at the checkpoint.
/// </summary>
public sealed class HubPartition
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(5);
    private readonly World _world;
    private readonly string _hub;
    private readonly string _id;
    private readonly Random? _chance;
    private readonly List<HubEvent> _events = [];
    private readonly List<string?> _uids = [];
    private int _checkpoint;
    private int _epoch;

    public HubPartition(World world, string hub, string id, Random? chance)
    {
        (_world, _hub, _id, _chance) = (world, hub, id, chance is null ? null : new Random(chance.Next()));
        world.Hubs.Add(this);
        world.After(TimeSpan.FromSeconds(1), Own);
        if (chance is not null && chance.Next(2) == 0)
            world.After(TimeSpan.FromSeconds(chance.Next(60, 600)), Own);
    }

    /// <summary>Whether all events are landed and let go.</summary>
    public bool IsDrained => _checkpoint == _events.Count;

    /// <summary>An event is sent; noise isn't JSON.</summary>
    public void Send(string key, bool isBad, bool isNoise)
    {
        var record = _world.Source.Write(_id, key, isBad: isBad || isNoise, ties: true);
        byte[] body = isNoise ? Encoding.UTF8.GetBytes($"<order id='{record.Uid}'/>") : record.Json.ToArray();
        _uids.Add(isNoise ? null : record.Uid);
        if (isNoise)
            _world.Expectations.Noise.Add(Convert.ToBase64String(body));
        _events.Add(new HubEvent(body, _events.Count, _world.Time.GetUtcNow()) { PartitionKey = key });
    }

    /// <summary>Some worker begins to own the partition; whoever owned it finds out when it lets a batch go.</summary>
    public void Own()
    {
        int epoch = ++_epoch;
        if (_world.AnyWorker() is { } worker)
            _ = _world.Scheduler.Start(() => ReadAsync(worker, epoch, _checkpoint));
        else
            _world.After(s_retry, Own);
    }

    private async Task ReadAsync(Worker worker, int epoch, int position)
    {
        while (epoch == _epoch)
        {
            if (worker.IsDead)
            {
                Own();
                return;
            }

            int end = Math.Min(_events.Count, position + (_chance?.Next(1, 6) ?? 2));
            if (position == end || !await LandAsync(worker, position, end))
                await Task.Delay(s_retry, _world.Time);
            else if (epoch == _epoch)
                position = LetGo(end);
        }
    }

    private async Task<bool> LandAsync(Worker worker, int from, int to)
    {
        bool isLanded = _world.Mutant.ChecksPointBeforeLanding;
        var done = new TaskCompletionSource<bool>();
        // The worker may die meanwhile, and then nothing of it ever ends: the partition's next owner doesn't wait for it.
        _world.Begin(worker, $"batch {_hub}.{_id} {from}-{to}", async () =>
        {
            try
            {
                _world.Tally.Deliveries++;
                isLanded |= await worker.Get<HubReceiver>().RunAsync(_hub, _id, _events[from..to]) is BatchLanded;
            }
            finally
            {
                done.TrySetResult(true);
            }
        });
        while (!done.Task.IsCompleted && !worker.IsDead && !_world.Mutant.ChecksPointBeforeLanding)
            await Task.WhenAny(done.Task, Task.Delay(s_retry, _world.Time));
        return isLanded;
    }

    // The checkpoint itself may get lost: then what follows comes again from the one before.
    private int LetGo(int end)
    {
        foreach (string uid in _uids.Take(end).OfType<string>())
        {
            if (!_world.Invariants.Raw.Uids.Contains(uid))
                _world.Violate("1 nothing acknowledged is lost", $"the batch up to {end} of {_hub}.{_id} was let go, and {uid} isn't landed");
        }

        if (_world.IsWell || _chance?.Next(6) != 0)
            _checkpoint = Math.Max(_checkpoint, end);
        return end;
    }
}

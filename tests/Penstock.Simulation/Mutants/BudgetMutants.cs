using System.Text.Json.Nodes;
using Penstock.Pipelines.Ports;

namespace Penstock.Simulation.Mutants;

/// <summary>Does something else where a worker gives permits back that it didn't use.</summary>
public abstract class GivingBackMutant : BlobMutant
{
    protected sealed override async ValueTask<PutOutcome> ReplaceAsync(IBlobStore blobs, string name, ReadOnlyMemory<byte> content, string etag, World world)
    {
        if (!name.StartsWith("state/budgets/", StringComparison.Ordinal) || await blobs.GetAsync(name) is not { } before || before.ETag != etag)
            return await base.ReplaceAsync(blobs, name, content, etag, world);
        JsonObject budget = JsonNode.Parse(content.Span)!.AsObject();
        int given = Made(JsonNode.Parse(before.Content.Span)!) - Made(budget);
        return given > 0 ? await GiveBackAsync(blobs, name, budget, given, etag) : await base.ReplaceAsync(blobs, name, content, etag, world);
    }

    /// <summary>What is done instead of giving permits back.</summary>
    protected abstract ValueTask<PutOutcome> GiveBackAsync(IBlobStore blobs, string name, JsonObject budget, int given, string etag);

    protected static IEnumerable<JsonNode> Scopes(JsonNode budget) => budget["scopes"]!.AsObject().Select(scope => scope.Value!);

    private static int Made(JsonNode budget) => Scopes(budget).Sum(scope => scope["made"]!.GetValue<int>());
}

/// <summary>Forgets something of each scope of a budget.</summary>
/// <param name="member">What.</param>
public abstract class ForgettingMutant(string member) : DocumentMutant("state/budgets/")
{
    protected sealed override void Change(JsonObject document, string name, World world)
    {
        foreach ((_, JsonNode? scope) in document["scopes"]!.AsObject())
            scope!.AsObject().Remove(member);
    }
}

/// <summary>Backfills don't stand back while live work waits.</summary>
public sealed class BackfillsDoNotStandBack() : ForgettingMutant("liveUntil");

/// <summary>Calls aren't spread evenly after some had to wait.</summary>
public sealed class CallsNotSpread() : ForgettingMutant("scarceAt");

/// <summary>What the source asked one worker, the others don't hear.</summary>
public sealed class RetryAfterForgotten() : ForgettingMutant("pausedUntil");

/// <summary>Permits that aren't used are never returned.</summary>
public sealed class PermitsNotReturned : GivingBackMutant
{
    protected override ValueTask<PutOutcome> GiveBackAsync(IBlobStore blobs, string name, JsonObject budget, int given, string etag) =>
        ValueTask.FromResult<PutOutcome>(new Stored(etag));
}

/// <summary>Permits that aren't used are returned twice: calls that were made count no longer.</summary>
public sealed class PermitsReturnedTwice : GivingBackMutant
{
    protected override ValueTask<PutOutcome> GiveBackAsync(IBlobStore blobs, string name, JsonObject budget, int given, string etag)
    {
        foreach (JsonNode scope in Scopes(budget))
        {
            scope["made"] = Math.Max(0, scope["made"]!.GetValue<int>() - given);
            foreach (JsonNode? window in scope["windows"]!.AsArray())
            {
                // Ends and calls in turn.
                JsonArray slots = window!.AsArray();
                if (slots.Count > 0)
                    slots[^1] = Math.Max(0, slots[^1]!.GetValue<int>() - given);
            }
        }

        return blobs.PutIfMatchAsync(name, System.Text.Encoding.UTF8.GetBytes(budget.ToJsonString()), etag);
    }
}

/// <summary>Permits are reserved whoever reserved some meanwhile.</summary>
public sealed class PermitsReservedUnconditionally : BlobMutant
{
    protected override async ValueTask<PutOutcome> ReplaceAsync(IBlobStore blobs, string name, ReadOnlyMemory<byte> content, string etag, World world) =>
        name.StartsWith("state/budgets/", StringComparison.Ordinal) && await blobs.GetAsync(name) is { } now
            ? await blobs.PutIfMatchAsync(name, content, now.ETag)
            : await base.ReplaceAsync(blobs, name, content, etag, world);
}

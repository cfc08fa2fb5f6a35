using System.Globalization;
using System.Net;
using System.Text;
using System.Web;
using Penstock.Simulation.Faults;
using Penstock.Simulation.Hosting;
using Penstock.Simulation.Scenarios;

namespace Penstock.Simulation.Sources;

/// <summary>
/// The source over HTTP, as one worker's connector reaches it: pages with tokens, and a quota by its own clock. It fails, refuses
/// calls without reason, breaks off, says 200 to what is an error, and its rate headers aren't always true.
/// </summary>
public sealed class SourceApi(World world, Worker worker, OverHttp scenario, Random? chance) : HttpMessageHandler
{
    private const int RetrySeconds = 20;
    private DateTimeOffset _refusedAt;
    private DateTimeOffset _refusedUntil;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var query = HttpUtility.ParseQueryString(request.RequestUri!.Query);
        (long since, long until) = (Number(query["since"]!), Number(query["until"]!));
        (long, string)? after = query["after"]?.Split('|') is [var updated, var id] ? (Number(updated), id) : null;
        IReadOnlyList<SourceRecord> page = [];
        bool isAllowed = true;
        // What was granted at that very moment may be under way.
        bool isAskedToWait = world.Time.GetUtcNow() > _refusedAt && world.Time.GetUtcNow() < _refusedUntil;
        world.Invariants.Budget.Called(worker, isAskedToWait);
        try
        {
            await world.Wire.CallAsync(worker, CallKind.Http, request.RequestUri.PathAndQuery, () =>
            {
                isAllowed = scenario.Quota.Take(world);
                page = scenario.Query(world, request.RequestUri.AbsolutePath, since, until + 1, after);
                return ValueTask.FromResult(true);
            });
        }
        catch (StoreUnavailableException e)
        {
            return e.Mode switch
            {
                FaultMode.Throttle => Refusal(),
                FaultMode.Nonsense => Answer(HttpStatusCode.OK, """{"error":"busy"}"""),
                FaultMode.After => Answer(HttpStatusCode.OK, """{"data":[{"id":"r1","upd"""),
                _ => throw new HttpRequestException(HttpRequestError.ConnectionError, e.Message),
            };
        }

        if (!isAllowed)
            return Refusal();
        if (scenario.Pause(world.Time.GetUtcNow()) is { } pause)
            return Refusal(pause);
        if (scenario.Refuses(world, request.RequestUri.AbsolutePath, since, until))
            return Answer(HttpStatusCode.Forbidden, """{"message":"not this window"}""");
        bool isLast = page.Count < world.Scenario.Shape.PageSize;
        string next = isLast ? "null" : string.Create(CultureInfo.InvariantCulture, $"\"{page[^1].Updated}|{page[^1].Id}\"");
        string records = string.Join(',', page.Select(record => Encoding.UTF8.GetString(record.Json.Span)));
        HttpResponseMessage answer = Answer(HttpStatusCode.OK, $$"""{"data":[{{records}}],"next":{{next}}}""");
        // A lie now and then: more is left than there is.
        answer.Headers.Add("X-RateLimit-Remaining", chance?.Next(3) == 0 ? "1000" : scenario.Quota.Left(world).ToString(CultureInfo.InvariantCulture));
        return answer;
    }

    // Without a reason now and then: then it says until when, or doesn't.
    private HttpResponseMessage Refusal() => Refusal(chance?.Next(3) == 0 ? null : TimeSpan.FromSeconds(RetrySeconds));

    private HttpResponseMessage Refusal(TimeSpan? pause)
    {
        HttpResponseMessage refusal = Answer(HttpStatusCode.TooManyRequests, "");
        if (pause is not { } wait)
            return refusal;
        int seconds = (int)Math.Ceiling(wait.TotalSeconds);
        refusal.Headers.Add("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));
        (_refusedAt, _refusedUntil) = (world.Time.GetUtcNow(), world.Time.GetUtcNow().AddSeconds(seconds));
        world.Invariants.Budget.Refused(_refusedUntil);
        return refusal;
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>So many calls in any window, counted by the source's clock.</summary>
public sealed class ApiQuota(int limit, TimeSpan window)
{
    private readonly Queue<DateTimeOffset> _calls = [];

    public int Limit { get; } = limit;

    public TimeSpan Window { get; } = window;

    /// <summary>Counts a call; one too many breaks promise 4, for the limit is declared.</summary>
    public bool Take(World world)
    {
        Forget(world);
        if (_calls.Count >= Limit)
            world.Violate("4 quota is kept", $"more than {Limit} calls within {Window}");
        _calls.Enqueue(world.Time.GetUtcNow());
        return _calls.Count <= Limit;
    }

    /// <summary>How many calls are left.</summary>
    public int Left(World world)
    {
        Forget(world);
        return Math.Max(0, Limit - _calls.Count);
    }

    private void Forget(World world)
    {
        while (_calls.TryPeek(out DateTimeOffset at) && at <= world.Time.GetUtcNow() - Window)
            _calls.Dequeue();
    }
}

namespace Penstock.Http.Problems;

/// <summary>Every kind of problem that Penstock answers with.</summary>
public static class ProblemTypes
{
    /// <summary>The body isn't what its content type says.</summary>
    public static readonly ProblemType BadBody = new("bad-body", "The body can't be read", 400);

    /// <summary>A parameter or header isn't what it must be.</summary>
    public static readonly ProblemType BadRequest = new("bad-request", "The request can't be understood", 400);

    /// <summary>The webhook's signature is missing or wrong.</summary>
    public static readonly ProblemType WrongSignature = new("wrong-signature", "The signature is missing or wrong", 401);

    /// <summary>The key is missing or wrong.</summary>
    public static readonly ProblemType WrongKey = new("wrong-key", "The key is missing or wrong", 401);

    /// <summary>A page of another site sent the request.</summary>
    public static readonly ProblemType ForeignOrigin = new("foreign-origin", "The request comes from another site", 403);

    /// <summary>The caller may read and not change anything.</summary>
    public static readonly ProblemType Forbidden = new("forbidden", "You may not do that", 403);

    /// <summary>There is nothing at this address.</summary>
    public static readonly ProblemType UnknownRoute = new("unknown-route", "There is nothing at this address", 404);

    /// <summary>There is no pipeline of that name.</summary>
    public static readonly ProblemType UnknownPipeline = new("unknown-pipeline", "There is no such pipeline", 404);

    /// <summary>The pipeline has no stream of that name, or it can't be used so.</summary>
    public static readonly ProblemType UnknownStream = new("unknown-stream", "There is no such stream", 404);

    /// <summary>There is no run of that id.</summary>
    public static readonly ProblemType UnknownRun = new("unknown-run", "There is no such run", 404);

    /// <summary>There is no backfill of that id.</summary>
    public static readonly ProblemType UnknownBackfill = new("unknown-backfill", "There is no such backfill", 404);

    /// <summary>There is no erasure of that id.</summary>
    public static readonly ProblemType UnknownErasure = new("unknown-erasure", "There is no such erasure", 404);

    /// <summary>There is no record of that id in quarantine.</summary>
    public static readonly ProblemType UnknownQuarantined = new("unknown-quarantined", "There is no such record in quarantine", 404);

    /// <summary>There is no replay of that id.</summary>
    public static readonly ProblemType UnknownReplay = new("unknown-replay", "There is no such replay", 404);

    /// <summary>No pipeline calls with that credential, and nobody ever did.</summary>
    public static readonly ProblemType UnknownBudget = new("unknown-budget", "There is no such budget", 404);

    /// <summary>There is no dead letter of that id.</summary>
    public static readonly ProblemType UnknownDeadLetter = new("unknown-dead-letter", "There is no such dead letter", 404);

    /// <summary>No stream receives the Event Hub's events, or it has no such partition.</summary>
    public static readonly ProblemType UnknownEventHub = new("unknown-event-hub", "There is no such Event Hub", 404);

    /// <summary>The address knows other methods.</summary>
    public static readonly ProblemType WrongMethod = new("wrong-method", "The address doesn't know this method", 405);

    /// <summary>What it is about isn't any more as the request needs it.</summary>
    public static readonly ProblemType Conflict = new("conflict", "It can't be done as things are", 409);

    /// <summary>A request with the same idempotency key is being done.</summary>
    public static readonly ProblemType Underway = new("underway", "The same request is being done", 409);

    /// <summary>It was changed since its ETag was read.</summary>
    public static readonly ProblemType Changed = new("changed", "Somebody else changed it", 412);

    /// <summary>The body, or what it unpacks to, is too large.</summary>
    public static readonly ProblemType TooLarge = new("too-large", "The body is too large", 413);

    /// <summary>The content type or encoding isn't one of those that are taken.</summary>
    public static readonly ProblemType WrongContentType = new("wrong-content-type", "The content type isn't taken here", 415);

    /// <summary>The request can be read and makes no sense.</summary>
    public static readonly ProblemType Invalid = new("invalid", "The request makes no sense", 422);

    /// <summary>The idempotency key was used for another request (draft-ietf-httpapi-idempotency-key-header, 2.7).</summary>
    public static readonly ProblemType KeyReused = new("idempotency-key-reused", "The idempotency key was used for another request", 422);

    /// <summary>Too much is being received at once.</summary>
    public static readonly ProblemType Busy = new("busy", "Too much at once", 429);

    /// <summary>Too much of it goes on already.</summary>
    public static readonly ProblemType TooMany = new("too-many", "Too many at once", 429);

    /// <summary>Something unexpected went wrong; nothing was acknowledged.</summary>
    public static readonly ProblemType Unexpected = new("unexpected", "Something went wrong on our side", 500);

    /// <summary>The data wasn't landed.</summary>
    public static readonly ProblemType NotLanded = new("not-landed", "The data isn't stored", 503);

    /// <summary>The pipeline can't receive until somebody mends it.</summary>
    public static readonly ProblemType NotReady = new("not-ready", "Not ready", 503);

    /// <summary>All of them, for the documentation.</summary>
    public static IReadOnlyList<ProblemType> All { get; } =
    [
        BadBody, BadRequest, WrongSignature, WrongKey, ForeignOrigin, Forbidden, UnknownRoute, UnknownPipeline, UnknownStream, UnknownRun, UnknownBackfill,
        UnknownErasure, UnknownQuarantined, UnknownReplay, UnknownBudget, UnknownDeadLetter, UnknownEventHub, WrongMethod, Conflict, Underway, Changed, TooLarge, WrongContentType,
        Invalid, KeyReused, Busy, TooMany, Unexpected, NotLanded, NotReady,
    ];

    /// <summary>A problem of this kind.</summary>
    public static Problem With(this ProblemType type, string detail) => new(type, detail);
}

using System.CommandLine;
using Penstock.Cli.CommandLine;

namespace Penstock.Cli.Operating;

/// <summary>The operators' commands: a twin of each of the API's operations.</summary>
internal static class OperatorCommands
{
    private static readonly ApiField[] Paging = [new("limit", "The most rows, 1 to 500; by default 50.", ApiFieldKind.Number), new("after", "Go on after a page: its 'next'.")];
    private static readonly ApiField Stream = new("streams", "One of the streams; may be repeated. By default all.", ApiFieldKind.Texts) { Name = "stream" };

    /// <summary>All of them.</summary>
    public static IEnumerable<Command> Create(Surroundings surroundings) =>
        [Pipelines(surroundings), Runs(surroundings), Backfill(surroundings), Replay(surroundings), DeadLetters(surroundings), State(surroundings), Budget(surroundings), Activity(surroundings)];

    private static Command Pipelines(Surroundings s)
    {
        var table = new ApiTable(("pipeline", "name"), ("state", "state"), ("owner", "owner"), ("schedule", "schedule"), ("next due", "nextDue"), ("paused by", "pause.by"), ("reason", "pause.reason"));
        ApiField[] reason = [new("reason", "Why, for people.")];
        return new Command("pipelines", "Lists pipelines, pauses them, runs them now.")
        {
            new ApiCommand(s, "list", "Lists all pipelines.", "GET", "/api/pipelines", ("pipelines list", "of a running 'penstock up'")) { Table = table },
            new ApiCommand(s, "health", "Shows how every pipeline is: freshness, lag, open runs, volume of a day.", "GET", "/api/overview", ("pipelines health", "everything at a glance"))
            {
                Table = new ApiTable(
                    ("pipeline", "name"), ("health", "health"), ("worst stream", "worstStream"), ("lag s", "lagSeconds"), ("promised s", "freshnessSeconds"), ("open runs", "openRuns"),
                    ("read 24h", "read24h"), ("quarantined 24h", "quarantined24h"), ("alerts", "alerts"), ("problem", "problem")) { Rows = "pipelines" },
            },
            new ApiCommand(s, "streams", "Shows how each stream of a pipeline is.", "GET", "/api/pipelines/{pipeline}/streams", ("pipelines streams earthquakes", "its streams"))
            {
                Table = new ApiTable(("stream", "stream"), ("kind", "kind"), ("health", "health"), ("active run", "activeRun"), ("fresh until", "freshUntil"), ("lag s", "lagSeconds"), ("read 24h", "read24h"), ("quarantined 24h", "quarantined24h")),
            },
            new ApiCommand(s, "show", "Shows one pipeline.", "GET", "/api/pipelines/{pipeline}", ("pipelines show earthquakes", "as JSON")) { HasETag = true },
            new ApiCommand(s, "run", "Begins a run of each pulled stream now.", "POST", "/api/pipelines/{pipeline}/runs", ("pipelines run earthquakes", "now, due or not"))
            {
                Body = [Stream], Table = new ApiTable(("pipeline", "pipeline"), ("stream", "stream"), ("run", "run")) { Rows = "runs" },
            },
            new ApiCommand(s, "pause", "Pauses a pipeline: it is neither planned nor extracted.", "POST", "/api/pipelines/{pipeline}/pause", ("pipelines pause earthquakes --reason \"The source moves.\"", "until it is resumed"))
            {
                Body = reason, Table = table, HasETag = true,
            },
            new ApiCommand(s, "resume", "Lets a paused pipeline run again.", "POST", "/api/pipelines/{pipeline}/resume", ("pipelines resume earthquakes", "it is planned at once")) { Body = reason, Table = table, HasETag = true },
        };
    }

    private static Command Runs(Surroundings s)
    {
        var table = new ApiTable(
            ("pipeline", "pipeline"), ("stream", "stream"), ("run", "id"), ("kind", "kind"), ("status", "status"), ("began", "createdAt"), ("ended", "endedAt"), ("slices", "slices"),
            ("landed", "totals.landed"), ("calls", "totals.calls"), ("429s", "totals.throttled"), ("error", "error"));
        return new Command("runs", "Lists runs, shows one with its slices, cancels one.")
        {
            new ApiCommand(s, "list", "Lists runs: those that go on, then those that have ended, the newest first.", "GET", "/api/runs",
                ("runs list", "the newest 50"), ("runs list --pipeline earthquakes --status failed", "what went wrong"))
            {
                Query = [new("pipeline", "Of one pipeline."), new("stream", "Of one of its streams."), new("status", "planning, running, completed, failed or cancelled."), .. Paging], Table = table,
            },
            new ApiCommand(s, "show", "Shows one run with its counts.", "GET", "/api/runs/{pipeline}/{stream}/{run}", ("runs show earthquakes events 20260101T000000Z", "its counts"))
            {
                Table = new ApiTable(
                    ("status", "status"), ("slices", "slices"), ("landed slices", "counts.slicesLanded"), ("failed slices", "counts.slicesFailed"), ("landed", "counts.landed"), ("curated", "counts.curated"),
                    ("quarantined", "counts.quarantined"), ("filtered", "counts.filtered"), ("calls", "counts.calls"), ("429s", "counts.throttled"), ("waits", "counts.remark"), ("error", "error")),
            },
            new ApiCommand(s, "slices", "Lists a run's slices: window, status, timings, what it waits for.", "GET", "/api/runs/{pipeline}/{stream}/{run}/slices", ("runs slices earthquakes events 20260101T000000Z", "its slices"))
            {
                Query = Paging,
                Table = new ApiTable(
                    ("slice", "slice"), ("status", "status"), ("from", "window.start"), ("to", "window.end"), ("began", "startedAt"), ("seconds", "seconds"), ("records", "records"), ("calls", "calls"),
                    ("429s", "throttled"), ("failures", "failures"), ("remark", "remark")),
            },
            new ApiCommand(s, "cancel", "Stops a run. What is landed stays; the cursor stays where it was.", "POST", "/api/runs/{pipeline}/{stream}/{run}/cancel", ("runs cancel earthquakes events 20260101T000000Z", "stops it"))
            {
                Table = new ApiTable(("pipeline", "pipeline"), ("stream", "stream"), ("run", "run")) { Rows = "runs" },
            },
        };
    }

    private static Command Backfill(Surroundings s)
    {
        var table = new ApiTable(
            ("backfill", "id"), ("pipeline", "pipeline"), ("from", "from"), ("to", "to"), ("status", "status"), ("slices", "progress.slicesPlanned"), ("ended", "progress.slicesEnded"),
            ("failed", "progress.slicesFailed"), ("records", "progress.records"), ("calls", "progress.calls"), ("ends about", "progress.eta"));
        return new Command("backfill", "Reads a past window again, beside the live runs.")
        {
            new ApiCommand(s, "start", "Starts a backfill of the window [from, to).", "POST", "/api/backfills",
                ("backfill start --pipeline earthquakes --from 2018-02-01 --to 2018-02-08 --dry-run", "what it would take: slices, calls, time, cost"),
                ("backfill start --pipeline earthquakes --from 2018-02-01 --to 2018-02-08 --watch", "starts it and watches it to its end"))
            {
                Body =
                [
                    new("pipeline", "The pipeline.") { IsRequired = true }, Stream,
                    new("from", "The first instant: 2026-01-31, or 2026-01-31T06:00:00Z.") { IsRequired = true }, new("to", "The first instant after it.") { IsRequired = true },
                    new("parallelism", "How many slices of each stream may be read at once, 1 to 64; by default 4.", ApiFieldKind.Number),
                    new("priority", "low: its calls stand back behind live runs (default); live: they don't."),
                    new("dryRun", "Only say what it would take.", ApiFieldKind.Flag),
                ],
                Table = table,
                DryTable = new ApiTable(("slices", "slices"), ("exact", "isExact"), ("calls", "calls"), ("seconds", "seconds"), ("cost", "cost.total"), ("currency", "cost.currency"), ("not in it", "cost.leftOut"), ("judged by", "basis")) { Rows = null },
                IsWatched = true,
            },
            new ApiCommand(s, "list", "Lists backfills, the newest first.", "GET", "/api/backfills", ("backfill list", "with their progress")) { Query = Paging, Table = table },
            new ApiCommand(s, "show", "Shows one backfill.", "GET", "/api/backfills/{id}", ("backfill show ID --watch", "watches it to its end")) { Table = table, IsWatched = true },
            new ApiCommand(s, "pause", "Pauses a backfill; what is being read is committed first.", "POST", "/api/backfills/{id}/pause", ("backfill pause ID", "until it is resumed")) { Table = table },
            new ApiCommand(s, "resume", "Lets a paused backfill go on where it was.", "POST", "/api/backfills/{id}/resume", ("backfill resume ID", "goes on")) { Table = table },
            new ApiCommand(s, "cancel", "Stops a backfill. What is landed stays and is curated.", "POST", "/api/backfills/{id}/cancel", ("backfill cancel ID", "stops it")) { Table = table },
        };
    }

    private static Command Replay(Surroundings s)
    {
        var table = new ApiTable(
            ("replay", "id"), ("pipeline", "pipeline"), ("streams", "streams"), ("status", "status"), ("blobs", "blobsFound"), ("done", "counts.blobs"), ("refused", "counts.refused"), ("read", "counts.read"),
            ("curated", "counts.curated"), ("quarantined", "counts.quarantined"), ("filtered", "counts.filtered"));
        return new Command("replay", "Transforms again from raw.")
        {
            new ApiCommand(s, "start", "Starts a replay of the raw blobs that all options are true of.", "POST", "/api/replays",
                ("replay start --pipeline orders --dry-run", "what it would do: counts before and after, records new and changed"), ("replay start --pipeline orders --contract orders@1.0.0 --watch", "what an old contract checked"))
            {
                Body =
                [
                    new("pipeline", "The pipeline.") { IsRequired = true }, Stream, new("from", "Taken from the source at this instant or later."), new("to", "Taken before this instant."),
                    new("blobs", "One of the raw blobs; may be repeated.", ApiFieldKind.Texts) { Name = "blob" }, new("contract", "Last checked against this contract: id@version, or none."),
                    new("dryRun", "Only say what it would do.", ApiFieldKind.Flag), new("sample", "How many blobs a dry run transforms, 1 to 500; by default 20.", ApiFieldKind.Number),
                ],
                Table = table,
                DryTable = new ApiTable(
                    ("blobs", "blobs"), ("tried", "sampled"), ("read", "after.read"), ("curated before", "before.curated"), ("curated after", "after.curated"), ("quarantined before", "before.quarantined"),
                    ("quarantined after", "after.quarantined"), ("new", "records.new"), ("changed", "records.changed"), ("unchanged", "records.unchanged"), ("stale", "records.stale"), ("deleted", "records.deleted"), ("note", "note")) { Rows = null },
                IsWatched = true,
            },
            new ApiCommand(s, "list", "Lists replays, the newest first.", "GET", "/api/replays", ("replay list", "with their counts")) { Query = Paging, Table = table },
            new ApiCommand(s, "show", "Shows one replay.", "GET", "/api/replays/{id}", ("replay show ID --watch", "watches it to its end")) { Table = table, IsWatched = true },
            new ApiCommand(s, "cancel", "Stops a replay: nothing more is sent.", "POST", "/api/replays/{id}/cancel", ("replay cancel ID", "stops it")) { Table = table },
        };
    }

    private static Command DeadLetters(Surroundings s)
    {
        var table = new ApiTable(("queue", "queue"), ("id", "id"), ("at", "at"), ("pipeline", "message.pipeline"), ("stream", "message.stream"), ("reason", "reason"));
        var done = new ApiTable(("dealt with", "count"));
        ApiField[] which = [new("queue", "Of one queue."), new("pipeline", "Of one pipeline."), new("ids", "One of the ids; may be repeated.", ApiFieldKind.Texts) { Name = "id" }, new("all", "All there are.", ApiFieldKind.Flag)];
        return new Command("deadletters", "Lists messages that couldn't be processed, mends them, sends them again, throws them away.")
        {
            new ApiCommand(s, "list", "Lists dead letters, the newest first.", "GET", "/api/deadletters", ("deadletters list --pipeline orders", "of one pipeline"))
            {
                Query = [new("queue", "Of one queue."), new("pipeline", "Of one pipeline."), .. Paging], Table = table,
            },
            new ApiCommand(s, "show", "Shows one dead letter with its message.", "GET", "/api/deadletters/{queue}/{id}", ("deadletters show extract ID", "as JSON")) { HasETag = true },
            new ApiCommand(s, "edit", "Mends a dead letter's message.", "PUT", "/api/deadletters/{queue}/{id}", ("deadletters edit extract ID --message message.json", "the file holds the whole message"))
            {
                Body = [new("message", "The file of the message, JSON.", ApiFieldKind.File) { IsRequired = true }], Table = table, HasETag = true,
            },
            new ApiCommand(s, "replay", "Sends dead letters again.", "POST", "/api/deadletters/replay", ("deadletters replay --pipeline orders", "all of one pipeline"), ("deadletters replay --id ID", "one")) { Body = which, Table = done },
            new ApiCommand(s, "discard", "Throws dead letters away; slices that they were about have failed by that.", "POST", "/api/deadletters/discard", ("deadletters discard --queue tick", "all of one queue")) { Body = which, Table = done },
        };
    }

    private static Command State(Surroundings s)
    {
        ApiField force = new("force", "Do it although a run goes on.", ApiFieldKind.Flag);
        return new Command("state", "Shows, sets and resets the state of pulled streams, as Airbyte writes it.")
        {
            new ApiCommand(s, "list", "Shows the state of all pulled streams of a pipeline.", "GET", "/api/pipelines/{pipeline}/state", ("state list earthquakes", "as state messages")),
            new ApiCommand(s, "show", "Shows a stream's state.", "GET", "/api/pipelines/{pipeline}/streams/{stream}/state", ("state show earthquakes events", "as a state message")) { HasETag = true },
            new ApiCommand(s, "set", "Sets a stream's state.", "PUT", "/api/pipelines/{pipeline}/streams/{stream}/state", ("state set earthquakes events --file state.json", "a stream_state, or a state message"))
            {
                Query = [force], Body = [new("file", "The file of the state, JSON.", ApiFieldKind.File) { IsRequired = true, IsBody = true }], HasETag = true,
            },
            new ApiCommand(s, "reset", "Resets a stream's state: the next run begins at the beginning.", "DELETE", "/api/pipelines/{pipeline}/streams/{stream}/state", ("state reset earthquakes events", "forgets it")) { Query = [force], HasETag = true },
        };
    }

    private static Command Budget(Surroundings s)
    {
        var table = new ApiTable(
            ("credential", "credential"), ("state", "state"), ("used", "used"), ("pipelines", "pipelines"), ("paused by", "pause.by"), ("until", "pause.until"), ("reason", "pause.reason"));
        return new Command("budget", "Shows what each credential may still call; pauses one, lets it be called with again.")
        {
            new ApiCommand(s, "list", "Lists the credentials' budgets.", "GET", "/api/budgets", ("budget list", "used: of the fullest limit, from 0 to 1")) { Query = Paging, Table = table },
            new ApiCommand(s, "show", "Shows one budget: each limit, where it is known from, what is left.", "GET", "/api/budgets/{credential}", ("budget show secrets.github-token", "its limits"))
            {
                Table = new ApiTable(
                    ("calls", "scope"), ("known from", "source"), ("limit", "limit"), ("window s", "windowSeconds"), ("used", "used"), ("left", "remaining"), ("renewed", "resetAt"),
                    ("calls a second", "callsPerSecond"), ("made", "made"), ("refused", "refused"), ("waits until", "waitsUntil")) { Rows = "scopes", Inner = "limits" },
                HasETag = true,
            },
            new ApiCommand(s, "pause", "Pauses a credential: nobody calls with it.", "POST", "/api/budgets/{credential}/pause",
                ("budget pause secrets.github-token --reason \"The vendor migrates.\"", "until it is resumed"), ("budget pause secrets.github-token --until 2026-02-01T06:00:00Z", "until then"))
            {
                Body = [new("reason", "Why, for people."), new("until", "Until when: 2026-02-01T06:00:00Z. By default until it is resumed.")], Table = table, HasETag = true,
            },
            new ApiCommand(s, "resume", "Lets a paused credential be called with again.", "POST", "/api/budgets/{credential}/resume", ("budget resume secrets.github-token", "it may be called at once")) { Table = table, HasETag = true },
        };
    }

    private static ApiCommand Activity(Surroundings s) => new(
        s, "activity", "Lists who did what, when, from where, and what became of it.", "GET", "/api/activity", ("activity --action StartBackfill", "who started backfills"))
    {
        Query = [new("who", "Of one operator."), new("action", "Of one kind, for example StartBackfill."), .. Paging],
        Table = new ApiTable(("at", "at"), ("who", "who"), ("how known", "whoKind"), ("from", "from"), ("action", "action"), ("target", "target"), ("status", "status"), ("problem", "problem")),
    };
}

using System.CommandLine;
using System.Text.Json;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Local;
using Penstock.Cli.Output;
using Penstock.Cli.Privacy;
using Penstock.Pipelines.Erasing;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Subjects;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock erase</c>: removes one person from everything, and proves it.</summary>
internal sealed class EraseCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "A name of the person as KIND=NAME, KIND as the streams declare it in 'subject'; NAME alone for streams that give no kind; '-' reads them from standard input, a line each, so that no shell remembers them.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _key = new("--idempotency-key") { Description = "Begins another erasure of somebody who was erased before.", HelpName = "KEY" };
    private readonly PlaceOptions _place = new();

    public EraseCommand(Surroundings surroundings)
        : base(
            "erase",
            "Erases one person everywhere: raw, curated, quarantine, messages. Goes on until nothing is found any more, and says where it was found. Run again, it takes up what was cut off.",
            ("erase email=ada@example.com", "in ./penstock-data"),
            ("erase -", "the names from standard input, a line each"),
            ("erase email=ada@example.com customer=17 --url http://localhost:7071", "on a running 'penstock up', by two names"))
    {
        _surroundings = surroundings;
        Add(_names);
        Add(_key);
        _place.AddTo(this);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        List<SubjectName> names = Read(parsed.GetRequiredValue(_names));
        using OperatorApi? api = _place.Api(parsed, _surroundings);
        return api is null ? await EraseHereAsync(parsed, names, cancellationToken) : await EraseThereAsync(parsed, api, names, cancellationToken);
    }

    private List<SubjectName> Read(string[] words)
    {
        var names = new List<SubjectName>();
        foreach (string word in words)
        {
            if (word == "-")
            {
                using TextReader input = _surroundings.OpenIn();
                names.AddRange(input.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Of));
            }
            else
                names.Add(Of(word));
        }

        return names;

        static SubjectName Of(string word) => word.Split('=', 2) is [var kind, var name] && kind.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')
            ? new SubjectName(kind, name)
            : new SubjectName(SubjectPath.DefaultKind, word);
    }

    private async Task<int> EraseHereAsync(ParseResult parsed, IReadOnlyList<SubjectName> names, CancellationToken cancellationToken)
    {
        await using LocalWork? work = _place.Open(parsed, _surroundings);
        if (work is null)
            return ExitCode.Failed;
        switch (await work.Get<ErasureDesk>().BeginAsync(names, parsed.GetValue(_key), cancellationToken))
        {
            case ErasureInvalid invalid:
                return Failure.Report(_surroundings, invalid.Reason, "Nothing was erased.", ExitCode.BadInput);
            case ErasureRefused refused:
                return Failure.Report(_surroundings, refused.Reason, "Nothing was erased.");
            case ErasureBegun { Erasure: var begun }:
                await work.DrainAsync(QueueNames.Erase, cancellationToken);
                Erasure erasure = await work.Get<ErasureBook>().FindAsync(begun.Id, cancellationToken) ?? begun;
                return Show(parsed, erasure.Id, erasure.Status == ErasureStatus.Completed, erasure.Remark,
                    [.. (erasure.Counts ?? await work.Get<ErasureBook>().CountAsync(erasure.Id, cancellationToken)).Select(count => new Found(count.Store, count.Action, count.Records, count.Items))],
                    erasure.NotSearched);
            default:
                throw new InvalidOperationException("The erasure is neither begun nor refused.");
        }
    }

    private async Task<int> EraseThereAsync(ParseResult parsed, OperatorApi api, IReadOnlyList<SubjectName> names, CancellationToken cancellationToken)
    {
        object subject = names.GroupBy(name => name.Kind).ToDictionary(kind => kind.Key, kind => kind.Select(name => name.Name).ToArray());
        (JsonElement? answer, string? problem) = await api.SendAsync(HttpMethod.Post, "api/erasures", new { subject }, cancellationToken);
        if (answer is not { } erasure)
            return Failure.Report(_surroundings, problem!, "Nothing was erased.");
        Found[] found = erasure.TryGetProperty("found", out JsonElement counts)
            ? [.. counts.EnumerateArray().Select(count => new Found(count.GetProperty("store").GetString()!, count.GetProperty("action").GetString()!, count.GetProperty("records").GetInt64(), count.GetProperty("places").GetInt64()))]
            : [];
        return Show(parsed, erasure.GetProperty("id").GetString()!, erasure.GetProperty("status").GetString() == "completed",
            "It goes on there: run the same command again to see how far it is.", found, [.. erasure.GetProperty("notSearched").EnumerateArray().Select(stream => stream.GetString()!)]);
    }

    private int Show(ParseResult parsed, string id, bool isCompleted, string? remark, IReadOnlyList<Found> found, IReadOnlyList<string> notSearched)
    {
        if (_place.IsJson(parsed))
            Report.WriteJson(_surroundings, new { id, isCompleted, found, notSearched, remark = isCompleted ? null : remark });
        else
        {
            if (found.Count > 0)
                Report.WriteTable(_surroundings, ["store", "done", "records", "places"], found.Select(one => (IReadOnlyList<object?>)[one.Store, one.Action, one.Records, one.Places]));
            _surroundings.Out.WriteLine(isCompleted ? $"Erasure {id}: completed; a last look through everything found nothing." : $"Erasure {id}: {remark}");
            if (notSearched.Count > 0)
                _surroundings.Out.WriteLine($"Not looked through, for they don't say whom their records are about: {string.Join(", ", notSearched)}.");
        }

        return isCompleted ? ExitCode.Ok : ExitCode.Failed;
    }

    private sealed record Found(string Store, string Action, long Records, long Places);
}

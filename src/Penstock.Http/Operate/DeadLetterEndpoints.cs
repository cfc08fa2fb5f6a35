using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Penstock.Http.Paging;
using Penstock.Http.Problems;
using Penstock.Pipelines.Ledger;

namespace Penstock.Http.Operate;

/// <summary>The messages that couldn't be processed.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="ledger">What happened.</param>
public sealed class DeadLetterEndpoints(HttpEdge edge, RunLedger ledger)
{
    /// <summary><c>GET /api/deadletters?limit=&amp;after=</c>: dead letters, the newest first.</summary>
    public Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        var errors = new List<ProblemError>();
        PageQuery page = PageQuery.Read(request, errors);
        if (errors.Count > 0)
            return new ProblemResult(ProblemTypes.BadRequest.With("Mend the parameters that 'errors' names.") with { Errors = errors });
        Page<DeadLetter> taken = await NewestFirst.TakeAsync(
            ledger.ListDeadLettersAsync(cancellationToken), letter => new PagePlace(letter.At, letter.Id), page, cancellationToken);
        return ApiJson.Answer(new PageOfDeadLetters([.. taken.Items.Select(Of)], taken.Next), ApiJson.Default.PageOfDeadLetters);
    });

    // Messages are ours, references to work: they hold no record's content.
    private static DeadLetterView Of(DeadLetter letter)
    {
        byte[] body = Convert.FromBase64String(letter.Body);
        try
        {
            using JsonDocument message = JsonDocument.Parse(body);
            return new DeadLetterView(letter.Id, letter.Queue, letter.Reason, letter.At, message.RootElement.Clone(), null);
        }
        catch (JsonException)
        {
            return new DeadLetterView(letter.Id, letter.Queue, letter.Reason, letter.At, null, letter.Body);
        }
    }
}

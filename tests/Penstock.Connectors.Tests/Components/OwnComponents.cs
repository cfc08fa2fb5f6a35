using System.Runtime.CompilerServices;
using System.Text;
using Penstock.Connectors.Authentication;
using Penstock.Connectors.Components;
using Penstock.Connectors.Errors;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Pagination;
using Penstock.Connectors.Partitions;
using Penstock.Connectors.Records;
using Penstock.Connectors.Records.Decoding;
using Penstock.Connectors.Records.Normalisation;
using Penstock.Connectors.Records.Transformations;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Schemas;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using static Penstock.Connectors.Tests.ConnectorFixture;

namespace Penstock.Connectors.Tests.Components;

internal sealed class LogIn(SourceCalls calls) : IAuthenticator
{
    public async ValueTask<Authorization> AuthorizeAsync(CancellationToken cancellationToken) =>
        await calls.SendAsync(new SourceCall("POST", new Uri("https://api.example.com/login"), []), cancellationToken) switch
        {
            CallAnswered answered => Authorized.Header("X-Token", Encoding.UTF8.GetString(answered.Body.Span)),
            CallWaits waits => new AuthorizationWaits(waits.Until, waits.Reason),
            CallFailed failed => new AuthorizationFailed(failed.Error),
            _ => throw new InvalidOperationException(),
        };
}

internal sealed class Change(Action<DictValue> change) : ITransformation
{
    public void Apply(DictValue record, EvaluationContext variables) => change(record);
}

internal sealed class Types : ISchemaNormalisation
{
    public void Apply(DictValue record, Value schema)
    {
        if (schema.AsDict!.Find("properties").AsDict!.Find("n").AsDict!.Find("type").AsText == "integer") record["n"] = long.Parse(record["n"].ToString());
    }
}

internal sealed class Twice(IRecordExtractor inner) : IRecordExtractor
{
    public IEnumerable<Value> Extract(Value body) => inner.Extract(body).SelectMany(record => new[] { record, new DictValue(record.AsDict!.Entries) });
}

internal sealed class OnlyOne : IRecordFilter
{
    public bool Keeps(DictValue record, EvaluationContext variables) => record["id"] == 1L;
}

internal sealed class AtMost(int pages, IPaginationStrategy inner) : IPaginationStrategy
{
    public Value Next(PageView page, Value token) => inner.Next(page, token) is var next && next.TryGetInt64(out var number) && number < pages ? next : Value.None;
}

internal sealed class Put : IRequestChange
{
    public void Change(RequestDraft draft, EvaluationContext variables)
    {
        draft.Method = "PUT";
        draft.Parameters["b"] = 3L;
        draft.Json = new DictValue { ["c"] = 4L };
    }
}

internal sealed class Teapot(IErrorHandler inner) : IErrorHandler
{
    public IReadOnlyList<IBackoffStrategy> Backoff => inner.Backoff;

    public Resolution Interpret(AnswerView answer) =>
        answer.Status == 418 ? new Resolution(ResponseAction.Retry, SourceErrorKind.Transient, "It is a teapot.".ToLowerInvariant()) : inner.Interpret(answer);
}

internal sealed class NoTime : IBackoffStrategy
{
    public double? SecondsToWait(AnswerHeaders? headers, int attempts) => 42;
}

internal sealed class Lengths : IBodyDecoder
{
    public async IAsyncEnumerable<Value> DecodeAsync(Stream response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        await response.CopyToAsync(whole, cancellationToken);
        yield return new DictValue { ["length"] = whole.Length };
    }
}

internal sealed class Fixed : IRetriever
{
    public async IAsyncEnumerable<ReadStep> ReadAsync(SliceScope slice, string? position, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield return new PageRead(["""{"fixed":true}"""u8.ToArray()], null, null, 0);
    }
}

internal sealed class ByParent(IStream parent) : IPartitionRouter
{
    public async IAsyncEnumerable<PlanStep> PlanAsync(PlanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var record in await RecordsAsync(parent, StreamSlice.Whole))
            yield return new SlicesPlanned([new StreamSlice($$"""{"parent":{{record[6]}}}""", null)], record[6] == '1' ? "2" : null);
    }
}

internal sealed class Schema : ISchemaLoader
{
    public ValueTask<DictValue> LoadAsync(CancellationToken cancellationToken) => new(new DictValue { ["title"] = "mine" });
}

using System.Text;
using Penstock.Connectors.Authentication;
using Penstock.Connectors.Budgets;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;
using Penstock.Testing;

namespace Penstock.Connectors.Tests.Retrieval;

/// <summary>Reads a stream's slice from a stub source, with a retriever given as YAML.</summary>
internal sealed class ReadingFixture(StubSource source)
{
    public const string Plain = """
        type: SimpleRetriever
        requester: { type: HttpRequester, url_base: "https://api.example.com/v1", path: items }
        record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
        """;

    public ManualTimeProvider Time { get; } = new(new DateTimeOffset(2025, 6, 15, 12, 0, 0, TimeSpan.Zero));

    public string Config { get; init; } = "{}";

    public ReadingOptions Options { get; init; } = new() { MaxInlineWait = TimeSpan.FromMinutes(1) };

    public TransportOptions Transport { get; init; } = new();

    public HostPolicy Hosts { get; init; } = HostPolicy.AnyPublic;

    public IRateBudget? Budget { get; init; }

    public ITokenStore? Tokens { get; init; }

    public string Transformations { get; init; } = "[]";

    public Func<RetrieverParts, RetrieverParts> With { get; init; } = parts => parts;

    public DictValue StreamSlice { get; init; } = new();

    public ConnectorScope Connector => field ??= new(
        ValueJsonReader.Read(Config).AsDict!, new HttpTransport(Hosts, source, Transport), Budget ?? new RateBudget(BudgetRules.None, Time), Options, Time, new Random(1), Tokens);

    public IReadOnlyList<BuildProblem> Problems { get; private set; } = [];

    public SimpleRetriever? Build(string retriever)
    {
        var yaml = $"""
            version: 6.0.0
            type: DeclarativeSource
            check: {"{"} type: CheckStream, stream_names: [items] {"}"}
            streams:
            - type: DeclarativeStream
              name: items
              transformations: {Transformations.ReplaceLineEndings(" ")}
              retriever:
            {Indent(retriever, 4)}
            """;
        var loaded = ManifestLoader.Load(yaml, "test.yaml");
        var stream = loaded.Root!.List("streams")[0];
        var parts = With(new RetrieverParts { Connector = Connector, StreamName = "items" });
        var built = SimpleRetriever.Read(stream.Child("retriever")!, stream.List("transformations"), parts);
        Problems = loaded.Problems.All;
        return built;
    }

    /// <summary>Reads to the end, letting the clock run on whenever nothing else happens.</summary>
    public async Task<Reading> ReadAsync(string retriever, string? position = null, StreamSlice? slice = null)
    {
        var built = Build(retriever) ?? throw new InvalidOperationException(string.Join('\n', Problems));
        Assert.DoesNotContain(Problems, problem => problem.Severity == ProblemSeverity.Error);
        return await ReadAsync(built, position, slice);
    }

    public async Task<Reading> ReadAsync(SimpleRetriever retriever, string? position = null, StreamSlice? slice = null)
    {
        var reading = new Reading();
        var scope = new SliceScope(slice ?? Connectors.Streams.StreamSlice.Whole, StreamSlice);
        var work = Task.Run(async () =>
        {
            await foreach (var step in retriever.ReadAsync(scope, position))
            {
                reading.Add(step);
            }
        });
        while (await Task.WhenAny(work, Task.Delay(1)) != work)
        {
            if (Time.NextTimer is { } next)
            {
                Time.Advance(next - Time.GetUtcNow());
            }
        }

        await work;
        return reading;
    }

    public static string Indent(string text, int spaces) =>
        string.Join('\n', text.Split('\n').Select(line => new string(' ', spaces) + line));
}

/// <summary>What a reading gave, copied out of pooled memory.</summary>
internal sealed class Reading
{
    public List<string> Records { get; } = [];

    public List<PageRead> Pages { get; } = [];

    public ReadStep? End { get; private set; }

    public SourceError? Error => (End as ReadFailed)?.Error;

    public void Add(ReadStep step)
    {
        if (step is PageRead page)
        {
            Records.AddRange(page.Records.Select(record => Encoding.UTF8.GetString(record.Span)));
            Pages.Add(page);
        }
        else
        {
            End = step;
        }
    }
}

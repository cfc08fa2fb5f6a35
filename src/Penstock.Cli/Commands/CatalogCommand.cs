using System.CommandLine;
using Penstock.Cli.Catalogue;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Insight;
using Penstock.Cli.Output;
using Penstock.Pipelines.Catalogue;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock catalog</c>: what data there is, as a table or as pages to publish.</summary>
internal sealed class CatalogCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly Argument<string?> _stream = StreamArgument.Create();
    private readonly Option<string> _format = new("--format")
    {
        Description = "A table, or files: Markdown pages, one HTML page, or ODCS documents.",
        DefaultValueFactory = _ => "table",
    };

    private readonly Option<string> _out = new("--out", "-o") { Description = "The folder that files go to.", DefaultValueFactory = _ => "catalog", HelpName = "DIR" };
    private readonly Option<int?> _samples = new("--samples") { Description = "How many curated records of each stream to show, 0 to 20; what is classified and not masked is hidden. [default: 3 in pages, else 0]", HelpName = "N" };
    private readonly InsightOptions _options = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    public CatalogCommand(Surroundings surroundings)
        : base(
            "catalog",
            "Shows what data there is: contract, owner, fields, freshness, volume.",
            ("catalog", "of all pipelines in ./pipelines"),
            ("catalog earthquakes/events", "one stream with its fields"),
            ("catalog --format html", "a page to publish, ./catalog/index.html"),
            ("catalog --format odcs --url http://localhost:7071", "contracts of a running 'penstock up'"))
    {
        _surroundings = surroundings;
        _format.AcceptOnlyFromAmong("table", "markdown", "html", "odcs");
        Add(_stream);
        foreach (Option option in (Option[])[_format, _out, _samples])
            Add(option);
        _options.AddTo(this);
        Add(_json);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string format = parsed.GetRequiredValue(_format);
        int samples = parsed.GetValue(_samples) ?? (format is "markdown" or "html" ? 3 : 0);
        if (samples is < 0 or > 20)
            return Failure.Report(_surroundings, $"{samples} samples are none or too many.", "Give 0 to 20 with --samples.", ExitCode.BadInput);
        (string? pipeline, string? stream) = StreamArgument.Split(parsed.GetValue(_stream));
        await using InsightSource source = _options.Source(parsed, _surroundings);
        Insight<DataCatalog> answer = await source.CatalogAsync(pipeline, stream, samples, cancellationToken);
        if (answer.Value is not { } catalog)
            return Failure.Report(_surroundings, answer.Problem!, answer.Next!, ExitCode.BadInput);
        if (parsed.GetValue(_json))
            Report.WriteJson(_surroundings, catalog);
        else if (format == "table")
            new CatalogTable(_surroundings).Write(catalog, stream is not null);
        else
            WriteFiles(catalog, format, _surroundings.FullPath(parsed.GetRequiredValue(_out)));
        return ExitCode.Ok;
    }

    private void WriteFiles(DataCatalog catalog, string format, string folder)
    {
        Directory.CreateDirectory(folder);
        IEnumerable<(string Name, string Text)> files = format switch
        {
            "markdown" => CatalogMarkdown.Files(catalog),
            "html" => [("index.html", CatalogHtml.Page(catalog))],
            _ => catalog.Items.Select(entry => ($"{entry.Pipeline}.{entry.Stream}.odcs.yaml", CatalogOdcs.Document(entry))),
        };
        foreach ((string name, string text) in files)
        {
            string path = Path.Combine(folder, name);
            File.WriteAllText(path, text);
            _surroundings.Out.WriteLine(_surroundings.ShortPath(path));
        }
    }
}

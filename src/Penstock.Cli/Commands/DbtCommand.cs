using System.CommandLine;
using Penstock.Cli.Catalogue;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Insight;
using Penstock.Pipelines.Catalogue;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock dbt sources</c>: a <c>sources.yml</c> from pipelines and contracts.</summary>
internal sealed class DbtSourcesCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly Argument<string?> _stream = StreamArgument.Create();
    private readonly InsightOptions _options = new();
    private readonly Option<string?> _database = new("--database") { Description = "The database of the curated records. [default: the target's]", HelpName = "NAME" };
    private readonly Option<string?> _schema = new("--schema") { Description = "The schema of the curated records. [default: the pipeline's name]", HelpName = "NAME" };
    private readonly Option<string?> _out = new("--out", "-o") { Description = "The file. [default: standard output]", HelpName = "FILE" };

    public DbtSourcesCommand(Surroundings surroundings)
        : base(
            "sources",
            "Writes a dbt sources.yml: required fields, keys and allowed values become tests, promised freshness becomes freshness.",
            ("dbt sources --out models/staging/sources.yml", "of all pipelines in ./pipelines"),
            ("dbt sources earthquakes --schema raw_quakes", "of one pipeline, in another schema"))
    {
        _surroundings = surroundings;
        Add(_stream);
        foreach (Option option in (Option[])[_database, _schema, _out])
            Add(option);
        _options.AddTo(this);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        (string? pipeline, string? stream) = StreamArgument.Split(parsed.GetValue(_stream));
        await using InsightSource source = _options.Source(parsed, _surroundings);
        Insight<DataCatalog> answer = await source.CatalogAsync(pipeline, stream, samples: 0, cancellationToken);
        if (answer.Value is not { } catalog)
            return Failure.Report(_surroundings, answer.Problem!, answer.Next!, ExitCode.BadInput);
        string text = new DbtSources(parsed.GetValue(_database), parsed.GetValue(_schema)).Write(catalog);
        if (parsed.GetValue(_out) is { } file)
        {
            await File.WriteAllTextAsync(_surroundings.FullPath(file), text, cancellationToken);
            _surroundings.Out.WriteLine(_surroundings.ShortPath(_surroundings.FullPath(file)));
        }
        else
        {
            await _surroundings.Out.WriteAsync(text);
        }

        return ExitCode.Ok;
    }
}

/// <summary><c>penstock dbt</c>: what dbt needs of Penstock.</summary>
internal sealed class DbtCommand : Command
{
    public DbtCommand(Surroundings surroundings)
        : base("dbt", "Writes files for dbt.") => Add(new DbtSourcesCommand(surroundings));
}

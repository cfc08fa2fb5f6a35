using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Local;
using Penstock.Pipelines;
using Penstock.Pipelines.Contracts.Inference;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Catalogs;

namespace Penstock.Cli.Commands.Contracts;

/// <summary><c>penstock contract init PIPELINE</c>: writes a contract of what a stream's records are like.</summary>
internal sealed class ContractInitCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly Argument<string> _pipeline = new("PIPELINE") { Description = "The pipeline, or PIPELINE/STREAM." };
    private readonly Option<string> _pipelines = CommonOptions.Pipelines();
    private readonly Option<string> _data = CommonOptions.Data();
    private readonly Option<string> _secrets = CommonOptions.Secrets();
    private readonly Option<long> _records = new("--records") { Description = "How many of the newest records to look at.", DefaultValueFactory = _ => 100_000 };
    private readonly Option<bool> _write = new("--write") { Description = "Write to pipelines/PIPELINE/contracts/STREAM.odcs.yaml, which must not be there, instead of to standard output." };

    public ContractInitCommand(Surroundings surroundings)
        : base(
            "init",
            "Writes a contract for a stream from what its landed records are like and what its connector says: types, formats, what is always there, what is unique, "
            + "which texts are a choice of few. Of values it holds those choices alone.",
            ("contract init earthquakes", "to standard output"),
            ("contract init shop/orders --write", "to pipelines/shop/contracts/orders.odcs.yaml"),
            ("contract init shop/orders --records 1000000", "look at more records"))
    {
        _surroundings = surroundings;
        Add(_pipeline);
        Add(_pipelines);
        Add(_data);
        Add(_secrets);
        Add(_records);
        Add(_write);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string[] parts = parsed.GetRequiredValue(_pipeline).Split('/', 2);
        string root = _surroundings.FullPath(parsed.GetRequiredValue(_pipelines));
        if (await new FolderPipelineCatalog(root).FindAsync(parts[0], cancellationToken) is not { } entry)
            return Failure.Report(_surroundings, $"There is no pipeline '{parts[0]}' in '{_surroundings.ShortPath(root)}'.", "See what there is: penstock validate", ExitCode.BadInput);
        if (entry is not UsablePipeline { Pipeline: var pipeline })
            return Failure.Report(_surroundings, $"The pipeline '{parts[0]}' is broken.", $"See why: penstock validate {_surroundings.ShortPath(Path.Combine(root, parts[0]))}", ExitCode.BadInput);
        PipelineStream? stream = parts.Length == 2 ? pipeline.Find(parts[1]) : pipeline.Streams.Count == 1 ? pipeline.Streams[0] : null;
        if (stream is null)
        {
            return Failure.Report(
                _surroundings, parts.Length == 2 ? $"The pipeline has no stream '{parts[1]}'." : "The pipeline has several streams.",
                $"Name one: {string.Join(", ", pipeline.Streams.Select(one => $"{pipeline.Name}/{one.Name}"))}", ExitCode.BadInput);
        }

        InferredContract contract = await InferAsync(pipeline, stream, parsed, cancellationToken);
        if (contract.Properties == 0)
        {
            return Failure.Report(
                _surroundings, $"Nothing is known of '{pipeline.Name}/{stream.Name}': no records are landed in '{_surroundings.ShortPath(_surroundings.FullPath(parsed.GetRequiredValue(_data)))}'.",
                stream.Reception is null ? $"Pull some first: penstock sync {pipeline.Name}" : "Push some first: penstock up");
        }

        if (!parsed.GetValue(_write))
        {
            _surroundings.Out.Write(contract.Yaml);
            return ExitCode.Ok;
        }

        string file = Path.Combine(root, pipeline.Name, "contracts", $"{stream.Name}.odcs.yaml");
        if (File.Exists(file))
            return Failure.Report(_surroundings, $"'{_surroundings.ShortPath(file)}' is already there.", "Leave --write out, and compare: penstock contract diff OLD NEW");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, contract.Yaml, cancellationToken);
        _surroundings.Out.WriteLine($"{_surroundings.ShortPath(file)}: {contract.Properties} properties from {contract.Records} records.");
        _surroundings.Out.WriteLine($"Read it through, then write beside the stream in pipeline.yaml: contract: contracts/{stream.Name}.odcs.yaml");
        return ExitCode.Ok;
    }

    private async Task<InferredContract> InferAsync(Pipeline pipeline, PipelineStream stream, ParseResult parsed, CancellationToken cancellationToken)
    {
        // The contract that there is has no say: it would set aside what it is to be compared with.
        PipelineStream bare = stream with { Contract = null };
        await using ServiceProvider services = new ServiceCollection()
            .AddLocalPorts(
                _surroundings.FullPath(parsed.GetRequiredValue(_data)), _surroundings.FullPath(parsed.GetRequiredValue(_secrets)),
                new OnePipeline(pipeline with { Streams = [bare] }), _surroundings.Time)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddPenstock()
            .BuildServiceProvider();
        ReadOnlyMemory<byte>? schema = bare.Reception is null
            && await services.GetRequiredService<IStreamOpener>().OpenAsync(pipeline, bare.Name, cancellationToken) is StreamOpened { Stream: var opened } ? opened.JsonSchema : (ReadOnlyMemory<byte>?)null;
        return await services.GetRequiredService<StreamProfiler>().InferAsync(pipeline, bare, schema, parsed.GetValue(_records), cancellationToken);
    }
}

using System.CommandLine;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Insight;
using Penstock.Cli.Output;
using Penstock.Pipelines.Lineage;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock lineage</c>: what flows where, and each column's way.</summary>
internal sealed class LineageCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly Argument<string?> _stream = StreamArgument.Create();
    private readonly InsightOptions _options = new();
    private readonly Option<bool> _columns = new("--columns") { Description = "Show each column's way too; they are always shown for one stream." };
    private readonly Option<bool> _json = CommonOptions.Json();

    public LineageCommand(Surroundings surroundings)
        : base(
            "lineage",
            "Shows what flows where: source, stream, raw, curated, and what becomes of each column on the way.",
            ("lineage", "of all pipelines in ./pipelines"),
            ("lineage earthquakes/events", "of one stream, with its columns"),
            ("lineage --url http://localhost:7071 --json", "of a running 'penstock up', as a graph for machines"))
    {
        _surroundings = surroundings;
        Add(_stream);
        Add(_columns);
        _options.AddTo(this);
        Add(_json);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        (string? pipeline, string? stream) = StreamArgument.Split(parsed.GetValue(_stream));
        await using InsightSource source = _options.Source(parsed, _surroundings);
        Insight<LineageGraph> answer = await source.LineageAsync(pipeline, stream, cancellationToken);
        if (answer.Value is not { } graph)
            return Failure.Report(_surroundings, answer.Problem!, answer.Next!, ExitCode.BadInput);
        if (parsed.GetValue(_json))
            Report.WriteJson(_surroundings, graph);
        else
            Write(graph, stream is not null || parsed.GetValue(_columns));
        return ExitCode.Ok;
    }

    private void Write(LineageGraph graph, bool showsColumns)
    {
        var nodes = graph.Nodes.ToDictionary(node => node.Id);
        foreach (LineageNode stream in graph.Nodes.Where(node => node.Kind == "stream"))
        {
            _surroundings.Out.WriteLine(stream.Name);
            foreach (LineageEdge edge in graph.Edges.Where(edge => edge.To == stream.Id))
                _surroundings.Out.WriteLine($"  source   {Place(nodes[edge.From])}");
            foreach (LineageNode dataset in graph.Nodes.Where(node => node.Pipeline == stream.Pipeline && node.Stream == stream.Stream && node.Kind is "raw" or "curated"
                && node.Pipeline == stream.Pipeline && node.Stream == stream.Stream))
                _surroundings.Out.WriteLine($"  {(dataset.Kind == "raw" ? "└▶ raw   " : "   └▶ curated")} {Place(dataset)}");
        }

        if (!showsColumns || graph.Columns.Count == 0)
            return;
        _surroundings.Out.WriteLine();
        Report.WriteTable(
            _surroundings, ["source", "field", "", "curated", "field", "change"],
            graph.Columns.Select(column => new object?[] { nodes[column.From].Name, column.Input, "→", nodes[column.To].Name, column.Field, column.IsMasked ? $"masked: {column.Change}" : column.Change }));
    }

    private static string Place(LineageNode node) => $"{node.Namespace}  {node.Name}";
}

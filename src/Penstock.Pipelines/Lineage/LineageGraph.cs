namespace Penstock.Pipelines.Lineage;

/// <summary>Lineage as a graph: source → stream → raw → curated.</summary>
/// <param name="Nodes">What there is.</param>
/// <param name="Edges">What flows where.</param>
/// <param name="Columns">Where each curated field comes from.</param>
public sealed record LineageGraph(IReadOnlyList<LineageNode> Nodes, IReadOnlyList<LineageEdge> Edges, IReadOnlyList<ColumnEdge> Columns)
{
    /// <summary>The graph of some streams; what several share is one node.</summary>
    public static LineageGraph Of(IEnumerable<StreamLineage> streams)
    {
        var nodes = new Dictionary<string, LineageNode>(StringComparer.Ordinal);
        var edges = new List<LineageEdge>();
        var columns = new List<ColumnEdge>();
        foreach (StreamLineage stream in streams)
        {
            string job = Add(new LineageNode($"stream:{stream.Job}", "stream", stream.Job, null, stream.Pipeline.Name, stream.Stream.Name));
            string raw = Add(Node("raw", stream.Raw, stream));
            string curated = Add(Node("curated", stream.Curated, stream));
            foreach (Dataset source in stream.Sources)
            {
                string origin = Add(Node("source", source, null));
                edges.Add(new LineageEdge(origin, job));
                columns.AddRange(from column in stream.Columns from input in column.Inputs select new ColumnEdge(origin, input, curated, column.Field, column.Change, column.IsMasked));
            }

            edges.Add(new LineageEdge(job, raw));
            edges.Add(new LineageEdge(raw, curated));
        }

        return new LineageGraph([.. nodes.Values], edges, columns);

        string Add(LineageNode node)
        {
            nodes.TryAdd(node.Id, node);
            return node.Id;
        }
    }

    private static LineageNode Node(string kind, Dataset dataset, StreamLineage? stream) =>
        new($"{kind}:{dataset.Namespace}/{dataset.Name}", kind, dataset.Name, dataset.Namespace, stream?.Pipeline.Name, stream?.Stream.Name);
}

/// <summary>A source, a stream, or a dataset.</summary>
/// <param name="Id">Names it in the graph.</param>
/// <param name="Kind"><c>source</c>, <c>stream</c>, <c>raw</c> or <c>curated</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Namespace">Where it is; null for a stream.</param>
/// <param name="Pipeline">The pipeline; null for a source, which several may share.</param>
/// <param name="Stream">The stream; null for a source.</param>
public sealed record LineageNode(string Id, string Kind, string Name, string? Namespace, string? Pipeline, string? Stream);

/// <summary>What flows from one to another.</summary>
/// <param name="From">A node's id.</param>
/// <param name="To">A node's id.</param>
public sealed record LineageEdge(string From, string To);

/// <summary>Where a curated field comes from.</summary>
/// <param name="From">The source's id.</param>
/// <param name="Input">The field's path there.</param>
/// <param name="To">The curated dataset's id.</param>
/// <param name="Field">The field's path there.</param>
/// <param name="Change">What becomes of the value: <c>identity</c>, or what the pipeline does with it.</param>
/// <param name="IsMasked">Whether it can't be read any more.</param>
public sealed record ColumnEdge(string From, string Input, string To, string Field, string Change, bool IsMasked);

using Penstock.Connectors.Components;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Partitions;

/// <summary>Reads partition routers out of the manifest.</summary>
/// <param name="connector">What the connector's streams share.</param>
/// <param name="buildParent">Builds a parent stream; null (and reported) if it can't work.</param>
internal sealed class RouterReader(ConnectorScope connector, Func<ManifestNode, IStream?> buildParent)
{
    /// <summary>Reads a retriever's partition router.</summary>
    public IPartitionRouter Read(ManifestNode retriever)
    {
        var field = retriever.Field("partition_router");
        if (field is null || (field.Kind == NodeKind.Sequence && !field.Items.Any())) return SinglePartitionRouter.Instance;
        if (field.Kind == NodeKind.Sequence) return new CartesianProduct([.. field.Items.Select(item => One(item))]);
        return One(field, isOnly: true);
    }

    private IPartitionRouter One(ManifestNode node, bool isOnly = false)
    {
        switch (node.Type)
        {
            case "ListPartitionRouter":
                return List(node);
            case "SubstreamPartitionRouter":
                var parents = node.List("parent_stream_configs").Select(parent => Parent(parent, isOnly)).OfType<ParentStream>().ToList();
                if (parents.Count == 0) node.Error("A SubstreamPartitionRouter needs a parent stream.", "Add parent_stream_configs.");
                return new SubstreamPartitionRouter(parents);
            case "GroupingPartitionRouter":
                var inner = node.RequiredChild("underlying_partition_router") is { } underlying ? One(underlying) : SinglePartitionRouter.Instance;
                var size = node.Integer("group_size") ?? 0;
                if (size < 1) node.Error("group_size must be at least 1.", "Correct it.");
                return new GroupingPartitionRouter(inner, (int)Math.Clamp(size, 1, 100_000), node.Flag("deduplicate", absent: true));
            case "UnionPartitionRouter":
                return new UnionPartitionRouter([.. node.List("partition_routers").Select(inner => One(inner))], node.RequiredText("partition_field"));
            case var _ when CustomComponent.Is(node):
                return CustomComponent.Make<IPartitionRouter>(node, connector, other => One(other), buildParent) ?? SinglePartitionRouter.Instance;
            default:
                node.Unsupported("ListPartitionRouter", "SubstreamPartitionRouter", "GroupingPartitionRouter", "UnionPartitionRouter");
                return SinglePartitionRouter.Instance;
        }
    }

    private ListPartitionRouter List(ManifestNode node)
    {
        var field = Evaluated(node, "cursor_field");
        var option = RequestOption.Read(node.Child("request_option"));
        return new ListPartitionRouter(field, Values(node), option is null ? null : new PartitionOption(option, field, connector.Context));
    }

    private IReadOnlyList<Value> Values(ManifestNode node)
    {
        if (node.Field("values") is not { } values) return [];
        // As in the reference, items that the manifest spells out are texts; a template gives items of any type.
        if (values.Kind == NodeKind.Sequence) return [.. values.Items.Select(item => (Value)item.Scalar.ToString())];
        if (Evaluate(node, "values") is not { } result) return [];
        if (result.AsText is { } text) return [.. text.EnumerateRunes().Select(rune => (Value)rune.ToString())];
        if (result.AsObject?.Items is { } items) return [.. items];
        values.Error("The values are neither a list nor a template that gives one.", "Give a list.");
        return [];
    }

    private ParentStream? Parent(ManifestNode node, bool isOnly)
    {
        if (node.RequiredChild("stream") is not { } streamNode || buildParent(streamNode) is not { } stream) return null;
        var field = Evaluated(node, "partition_field");
        var key = Evaluated(node, "parent_key").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var option = RequestOption.Read(node.Child("request_option"));
        var extra = node.List("extra_fields").Select(path => (IReadOnlyList<string>)[.. path.Items.Select(part => Text(path, new InterpolatedString(part.Scalar.ToString(), node.Parameters)))]);
        return new ParentStream(stream, key, field, [.. extra], node.Flag("incremental_dependency"), option is null ? null : new PartitionOption(option, field, connector.Context),
            isOnly ? ResponsePath(node) : null);
    }

    private IReadOnlyList<string>? ResponsePath(ManifestNode node)
    {
        if (node.List("lazy_read_pointer") is not { Count: > 0 } pointer) return null;
        if (pointer.Any(part => part.Scalar.ToString().Contains('*'))) node.Error("lazy_read_pointer can't have a '*'.", "Give the keys of one place.");
        return [.. pointer.Select(part => Text(part, new InterpolatedString(part.Scalar.ToString(), node.Parameters)))];
    }

    private string Evaluated(ManifestNode node, string field) => Evaluate(node, field)?.ToString() ?? "";

    private Value? Evaluate(ManifestNode node, string field)
    {
        var template = node.RequiredTemplate(field);
        if (template.Error is not null) return null;
        try
        {
            return template.Evaluate(connector.Context);
        }
        catch (ExpressionException e)
        {
            (node.Field(field) ?? node).Error(e.Message, "Correct the config or the manifest.");
            return null;
        }
    }

    private string Text(ManifestNode node, InterpolatedString template)
    {
        try
        {
            return template.EvaluateText(connector.Context);
        }
        catch (ExpressionException e)
        {
            node.Error(e.Message, "Correct the config or the manifest.");
            return "";
        }
    }
}

using Penstock.Connectors.Components;

namespace Penstock.Connectors.Manifests;

/// <summary>Checks every component of a resolved manifest: its type is known and its required fields are there.</summary>
internal static class ManifestValidator
{
    // These hold data of the source or of the user; what looks like a component in them isn't one.
    private static readonly HashSet<string> Data = new(StringComparer.Ordinal)
    {
        "$parameters", "advanced_auth", "base_schema", "config_overrides", "connection_specification", "metadata",
        "request_body_data", "request_body_json", "request_headers", "refresh_request_body", "schema", "values",
    };

    private static readonly HashSet<string> Components = new(StringComparer.Ordinal)
    {
        "authenticator", "check", "components_resolver", "creation_requester", "decoder", "download_requester", "end_datetime",
        "error_handler", "extractor", "incremental_sync", "login_requester", "page_size_option", "page_token_option",
        "pagination_strategy", "paginator", "parent_stream_configs", "partition_router", "polling_requester", "record_filter",
        "record_selector", "requester", "retriever", "schema_loader", "spec", "start_datetime", "stream", "stream_template", "streams",
        "transformations",
    };

    /// <summary>Checks a component and all below it; problems go to the node's collection.</summary>
    public static void Check(ManifestNode node) => Check(node, []);

    // What is fine at one place is fine wherever else references put it.
    private static void Check(ManifestNode node, HashSet<SourceNode> fine)
    {
        if (fine.Contains(node.Source)) return;
        var before = node.Problems.Found;
        CheckOnce(node, fine);
        if (node.Problems.Found == before) fine.Add(node.Source);
    }

    private static void CheckOnce(ManifestNode node, HashSet<SourceNode> fine)
    {
        if (node.Type.Length > 0) CheckFields(node);
        if (node.Type == "SelectiveAuthenticator") CheckChoices(node, fine);
        foreach (var (name, field) in node.Fields)
        {
            if (Data.Contains(name) || !ComponentTypes.HasField(node.Type, name)) continue;
            if (field.Kind == NodeKind.Mapping) CheckComponent(name, field, fine);
            foreach (var item in field.Items.Where(item => item.Kind == NodeKind.Mapping)) CheckComponent(name, item, fine);
        }
    }

    /// <summary>Reports every reference that couldn't be resolved, at every place that needs it.</summary>
    public static void TellBrokenReferences(ManifestNode node)
    {
        if (node.Source.Scalar is BrokenReference broken) node.Error(broken.Message, broken.Fix);
        foreach (var (_, field) in node.Fields) TellBrokenReferences(field);
        foreach (var item in node.Items) TellBrokenReferences(item);
    }

    // The config selects one of them, so that only some configs may be in trouble.
    private static void CheckChoices(ManifestNode node, HashSet<SourceNode> fine)
    {
        foreach (var (name, choice) in node.Child("authenticators")?.Fields ?? [])
        {
            if (!CustomComponent.Is(choice)) Check(choice, fine);
            else if (!CustomComponent.IsRegistered(choice))
                choice.Warning($"The authenticator '{name}' is '{choice.Text("class_name")}', code of the connector's author that isn't registered: configs that select it can't be used.", "Write it in C# and register it; see docs/connectors.md.");
        }
    }

    private static void CheckComponent(string field, ManifestNode node, HashSet<SourceNode> fine)
    {
        if (CustomComponent.Is(node))
        {
            if (!CustomComponent.IsRegistered(node)) CustomComponent.TellUnregistered(node);
        }
        else if (ComponentTypes.IsKnown(node.Type) || Components.Contains(field)) Check(node, fine);
    }

    private static void CheckFields(ManifestNode node)
    {
        if (!ComponentTypes.IsKnown(node.Type))
        {
            node.Error($"There is no component type '{node.Type}'.", "Correct the type.");
            return;
        }

        foreach (var field in ComponentTypes.RequiredFields(node.Type))
            if (node.Field(field) is null) node.Error($"{node.Type} needs the field '{field}'.", $"Add '{field}'.");
    }
}

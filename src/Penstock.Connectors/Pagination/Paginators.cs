using System.Globalization;
using Penstock.Connectors.Components;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;

namespace Penstock.Connectors.Pagination;

/// <summary>Reads paginators.</summary>
internal static class Paginators
{
    /// <summary>The paginator that a component declares; one page if it declares none.</summary>
    public static Paginator Read(ManifestNode? node, ConnectorScope connector)
    {
        var config = connector.Context;
        switch (node?.Type)
        {
            case null or "NoPagination":
                return Paginator.None;
            case "DefaultPaginator":
                var token = node.Child("page_token_option");
                var isPath = token?.Type == "RequestPath";
                var strategy = node.RequiredChild("pagination_strategy");
                if (node.Has("page_size_option") && strategy?.Field("page_size") is null)
                {
                    node.Error("The page size has no value.", "Give page_size to the pagination strategy, or leave out page_size_option.");
                }

                return new Paginator(
                    strategy is null ? null : ReadStrategy(strategy, connector), isPath ? null : RequestOption.Read(token), isPath,
                    RequestOption.Read(node.Child("page_size_option")), config);
            default:
                node.Unsupported("DefaultPaginator", "NoPagination");
                return Paginator.None;
        }
    }

    private static IPaginationStrategy? ReadStrategy(ManifestNode node, ConnectorScope connector)
    {
        var config = connector.Context;
        switch (node.Type)
        {
            case "CursorPagination":
                return new CursorPagination(node.RequiredTemplate("cursor_value"), node.Condition("stop_condition"), PageSize(node, config));
            case "PageIncrement":
                return new PageIncrement(PageSize(node, config), node.Integer("start_from_page") ?? 0, node.Flag("inject_on_first_request"));
            case "OffsetIncrement":
                return new OffsetIncrement(node.Template("page_size"), config, node.Flag("inject_on_first_request"));
            default:
                if (CustomComponent.Is(node))
                {
                    return CustomComponent.Make<IPaginationStrategy>(node, connector, other => ReadStrategy(other, connector));
                }

                node.Unsupported("CursorPagination", "PageIncrement", "OffsetIncrement");
                return null;
        }
    }

    private static long? PageSize(ManifestNode node, EvaluationContext config)
    {
        if (node.Template("page_size") is not { Error: null } template)
        {
            return null;
        }

        try
        {
            var size = template.Evaluate(config);
            if (size.TryGetInt64(out var number) || long.TryParse(size.AsText, CultureInfo.InvariantCulture, out number))
            {
                return number;
            }
        }
        catch (ExpressionException)
        {
            // Reported below, as a size that is no number.
        }

        node.Error("page_size is not a whole number.", "Give a number, or a template that gives one.");
        return null;
    }
}

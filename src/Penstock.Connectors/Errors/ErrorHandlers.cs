using Penstock.Connectors.Components;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;

namespace Penstock.Connectors.Errors;

/// <summary>Reads error handlers.</summary>
internal static class ErrorHandlers
{
    /// <summary>The handler that a component declares; the plain one if it declares none.</summary>
    public static IErrorHandler Read(ManifestNode? node, ConnectorScope connector)
    {
        switch (node?.Type)
        {
            case null:
                return DefaultErrorHandler.Plain;
            case "DefaultErrorHandler":
                return DefaultErrorHandler.Read(node, connector);
            case "CompositeErrorHandler" when node.List("error_handlers") is { Count: > 0 } handlers:
                return new CompositeErrorHandler([.. handlers.Select(handler => Read(handler, connector))]);
            case "CompositeErrorHandler":
                node.Error("The error handler has no handlers.", "Give at least one in error_handlers.");
                return DefaultErrorHandler.Plain;
            default:
                if (CustomComponent.Is(node))
                {
                    return CustomComponent.Make<IErrorHandler>(node, connector, other => Read(other, connector)) ?? DefaultErrorHandler.Plain;
                }

                node.Unsupported("DefaultErrorHandler", "CompositeErrorHandler");
                return DefaultErrorHandler.Plain;
        }
    }
}

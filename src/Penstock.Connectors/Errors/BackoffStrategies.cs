using System.Globalization;
using Penstock.Connectors.Components;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;

namespace Penstock.Connectors.Errors;

/// <summary>Reads backoff strategies.</summary>
internal static class BackoffStrategies
{
    public static IBackoffStrategy? Read(ManifestNode node, ConnectorScope connector)
    {
        var (config, random) = (connector.Context, connector.Random);
        switch (node.Type)
        {
            case "ConstantBackoffStrategy":
                return new ConstantBackoff(Seconds(node, "backoff_time_in_seconds", config), new Jitter(node.Number("jitter_range_in_seconds"), random));
            case "ExponentialBackoffStrategy":
                return new ExponentialBackoff(Seconds(node, "factor", config), new Jitter(node.Number("jitter_range_in_seconds"), random));
            case "WaitTimeFromHeader":
                return new WaitTimeFromHeader(new NumberHeader(node, config), Seconds(node, "max_waiting_time_in_seconds", config));
            case "WaitUntilTimeFromHeader":
                return new WaitUntilTimeFromHeader(
                    new NumberHeader(node, config), Seconds(node, "min_wait", config), Seconds(node, "max_waiting_time_in_seconds", config), config.Time);
            default:
                if (CustomComponent.Is(node))
                {
                    return CustomComponent.Make<IBackoffStrategy>(node, connector, other => Read(other, connector));
                }

                node.Unsupported("ConstantBackoffStrategy", "ExponentialBackoffStrategy", "WaitTimeFromHeader", "WaitUntilTimeFromHeader");
                return null;
        }
    }

    /// <summary>A number of seconds that may be a template; null if absent.</summary>
    private static Func<double?> Seconds(ManifestNode node, string field, EvaluationContext config)
    {
        if (node.Template(field) is not { } template)
        {
            return () => null;
        }

        return () => double.TryParse(template.EvaluateText(config), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds)
            ? seconds
            : throw SourceFaultException.System($"{field} of {node.Type} is not a number of seconds ({node}).");
    }
}

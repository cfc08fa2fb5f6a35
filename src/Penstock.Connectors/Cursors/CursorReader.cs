using System.Globalization;
using System.Numerics;
using Penstock.Connectors.Components;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;

namespace Penstock.Connectors.Cursors;

/// <summary>Reads a stream's <c>incremental_sync</c>.</summary>
internal static class CursorReader
{
    /// <summary>Reads the cursor and what it adds to requests; null (and reported) if it can't work.</summary>
    public static (IStreamCursor Cursor, IReadOnlyList<IRequestOptions> Options)? Read(ManifestNode node, ConnectorScope connector)
    {
        switch (node.Type)
        {
            case "DatetimeBasedCursor":
                var start = RequestOption.Read(node.Child("start_time_option"));
                var end = RequestOption.Read(node.Child("end_time_option"));
                var cursor = DatetimeCursorReader.Read(node, connector);
                return (cursor, WindowOption.For(cursor, start, end, connector.Context));
            case "IncrementingCountCursor":
                var option = RequestOption.Read(node.Child("start_value_option"));
                var count = new IncrementingCountCursor(node.RequiredTemplate("cursor_field").EvaluateText(connector.Context), StartValue(node, connector));
                return (count, WindowOption.For(count, option, null, connector.Context));
            case var _ when CustomComponent.Is(node):
                if (CustomComponent.Make<IStreamCursor>(node, connector, other => Read(other, connector)?.Cursor) is not { } own) return null;
                return (own, own is IRequestOptions options ? [options] : []);
            default:
                node.Unsupported("DatetimeBasedCursor", "IncrementingCountCursor");
                return null;
        }
    }

    private static BigInteger StartValue(ManifestNode node, ConnectorScope connector)
    {
        if (node.Template("start_value") is not { } template) return 0;
        try
        {
            if (BigInteger.TryParse(template.EvaluateText(connector.Context), NumberStyles.Integer, CultureInfo.InvariantCulture, out var start)) return start;
        }
        catch (ExpressionException e)
        {
            node.Error(e.Message, "Correct the config or the manifest.");
            return 0;
        }

        node.Error("start_value isn't a whole number.", "Correct the config or the manifest.");
        return 0;
    }
}

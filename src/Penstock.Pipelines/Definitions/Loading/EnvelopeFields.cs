using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>Reads <c>envelope</c>.</summary>
internal static class EnvelopeFields
{
    private static readonly string[] Kinds = ["none", "auto", "debezium", "cloudevents"];

    public static EnvelopeKind Read(Fields stream)
    {
        string text = stream.Text("envelope") ?? "none";
        int index = Array.IndexOf(Kinds, text);
        if (index < 0)
            stream.Add("envelope", $"'{text}' isn't an envelope.", Nearest.Advice(text, Kinds));
        return (EnvelopeKind)Math.Max(index, 0);
    }
}

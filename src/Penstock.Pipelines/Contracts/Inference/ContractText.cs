using System.Globalization;
using System.Text;

namespace Penstock.Pipelines.Contracts.Inference;

/// <summary>Writes a contract as an ODCS 3.1 document for people to go on with.</summary>
internal sealed class ContractText
{
    private readonly StringBuilder _text = new();

    /// <summary>Writes a document.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="owner">Who answers for it; may be empty.</param>
    /// <param name="remark">What it was made from.</param>
    /// <param name="properties">The properties.</param>
    public static string Write(string pipeline, string stream, string owner, string remark, IReadOnlyList<InferredProperty> properties)
    {
        var document = new ContractText();
        document.Line(0, $"# {remark}");
        document.Line(0, "# Read it through: what was always so needn't be a promise. Then write 'contract: …' beside the stream, and status: active here.");
        document.Line(0, "apiVersion: v3.1.0");
        document.Line(0, "kind: DataContract");
        document.Line(0, $"id: {Scalar($"urn:penstock:contract:{pipeline}:{stream}")}");
        document.Line(0, $"name: {Scalar(stream)}");
        document.Line(0, "version: 0.1.0");
        document.Line(0, "status: draft");
        if (owner.Length > 0)
            document.Line(0, $"team: {{ name: {Scalar(owner)} }}");
        document.Line(0, "");
        document.Line(0, "schema:");
        document.Line(1, $"- name: {Scalar(stream)}");
        document.Line(2, "logicalType: object");
        document.Line(2, properties.Count == 0 ? "properties: []" : "properties:");
        document.Properties(properties, 3);
        return document._text.ToString();
    }

    private void Properties(IReadOnlyList<InferredProperty> properties, int depth)
    {
        foreach (InferredProperty property in properties)
        {
            Line(depth, $"- name: {Scalar(property.Name)}");
            Rest(property, depth + 1);
        }
    }

    private void Rest(InferredProperty property, int depth)
    {
        if (property.Type != LogicalType.Any)
            Line(depth, $"logicalType: {property.Type.ToString().ToLowerInvariant()}");
        if (property.Format is { } format)
            Line(depth, $"logicalTypeOptions: {{ format: {format} }}");
        if (property.Required)
            Line(depth, "required: true");
        if (property.Unique)
            Line(depth, "unique: true");
        if (property.KeyPosition is { } position)
        {
            Line(depth, "primaryKey: true");
            Line(depth, string.Create(CultureInfo.InvariantCulture, $"primaryKeyPosition: {position}"));
        }

        if (property.Description is { Length: > 0 } description)
            Line(depth, $"description: {Scalar(description)}");
        if (property.Choices.Count > 0)
        {
            Line(depth, "quality:");
            Line(depth + 1, "- type: library");
            Line(depth + 2, "metric: invalidValues");
            Line(depth + 2, $"arguments: {{ validValues: [{string.Join(", ", property.Choices.Select(Scalar))}] }}");
            Line(depth + 2, "mustBe: 0");
            Line(depth + 2, "severity: warning");
        }

        if (property.Properties.Count > 0)
        {
            Line(depth, "properties:");
            Properties(property.Properties, depth + 1);
        }

        if (property.Items is { } items)
        {
            if (items.Type == LogicalType.Any && items.Properties.Count == 0)
                return;
            Line(depth, "items:");
            Rest(items, depth + 1);
        }
    }

    private void Line(int depth, string text) => _text.Append(' ', text.Length == 0 ? 0 : 2 * depth).Append(text).Append('\n');

    // Quoted unless it can't be taken for anything else: YAML has many surprises.
    private static string Scalar(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or '@')
            && text.ToLowerInvariant() is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off" or "y" or "n")
            ? text
            : $"\"{System.Text.Json.JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}

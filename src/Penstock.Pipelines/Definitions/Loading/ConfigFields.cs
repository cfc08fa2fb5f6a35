using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Penstock.Connectors.Values;
using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>Reads <c>config</c> as JSON and notes where it refers to secrets.</summary>
internal sealed partial class ConfigFields(Loading loading)
{
    private readonly Dictionary<string, int> _lines = [];

    public static bool IsSecretName(string text) => SecretName().IsMatch(text);

    /// <summary>Gives the config as JSON, and the lines of its fields.</summary>
    public static (JsonElement Json, IReadOnlyDictionary<string, int> Lines) Read(Fields pipeline, Loading loading)
    {
        var fields = new ConfigFields(loading);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            // Asked for as a mapping first: anything else is a problem, and the config is empty.
            YamlNode config = pipeline.Map("config") is null ? new YamlMap(0, []) : pipeline.Find("config")!;
            fields.Write(config, "config", writer);
        }

        return (JsonDocument.Parse(buffer.WrittenMemory).RootElement, fields._lines);
    }

    private void Write(YamlNode node, string path, Utf8JsonWriter writer)
    {
        _lines[path] = node.Line;
        switch (node)
        {
            case YamlMap map:
                writer.WriteStartObject();
                foreach (YamlEntry entry in map.Entries)
                {
                    writer.WritePropertyName(entry.Name);
                    Write(entry.Value, $"{path}.{entry.Name}", writer);
                }

                writer.WriteEndObject();
                break;
            case YamlList list:
                writer.WriteStartArray();
                for (int i = 0; i < list.Items.Count; i++)
                    Write(list.Items[i], $"{path}[{i}]", writer);
                writer.WriteEndArray();
                break;
            case YamlScalar scalar:
                Write(scalar, path, writer);
                break;
        }
    }

    private void Write(YamlScalar scalar, string path, Utf8JsonWriter writer)
    {
        if (scalar.IsNull)
            writer.WriteNullValue();
        else if (scalar.Boolean is { } boolean)
            writer.WriteBooleanValue(boolean);
        else if (scalar.TryInteger(out long integer))
            writer.WriteNumberValue(integer);
        else if (scalar.TryNumber(out decimal number))
            writer.WriteNumberValue(number);
        else
            writer.WriteStringValue(scalar.Text);

        if (SecretReference.NameIn(scalar.Text) is not { } name)
            return;
        if (IsSecretName(name))
            loading.Secrets.Add(new(name, loading.Problems.File, scalar.Line, path));
        else
            loading.Problems.Add(scalar.Line, path, "This isn't the name of a secret.", "Write secret:NAME; a name has letters, digits and dashes, at most 127.");
    }

    [GeneratedRegex("^[A-Za-z0-9-]{1,127}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex SecretName();
}

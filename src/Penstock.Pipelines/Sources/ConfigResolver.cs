using System.Buffers;
using System.Text.Json;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Sources;

/// <summary>Puts secrets in place of their references. The outcome is used at once and never written anywhere.</summary>
/// <param name="secrets">Where secrets are.</param>
public sealed class ConfigResolver(ISecretStore secrets)
{
    private const string Prefix = "secret:";

    /// <summary>Gives the config with every text <c>secret:NAME</c> replaced by the secret's value.</summary>
    /// <param name="config">The config as the pipeline's file has it.</param>
    /// <param name="cancellationToken">Ends the look-ups.</param>
    public async ValueTask<ConfigResolution> ResolveAsync(JsonElement config, CancellationToken cancellationToken = default)
    {
        var values = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (string name in NamesIn(config))
            values[name] = await secrets.FindAsync(name, cancellationToken);
        string[] missing = [.. values.Where(value => value.Value is null).Select(value => value.Key)];
        if (missing.Length > 0)
            return new SecretsMissing(missing);

        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
            Write(writer, config, values);
        return new ConfigResolved(json.WrittenMemory, [.. values.Keys]);
    }

    /// <summary>The names of the secrets that a config refers to, in order, each once.</summary>
    public static IReadOnlyList<string> NamesIn(JsonElement config) => [.. Names(config).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Names(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Names(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Names),
        JsonValueKind.String when element.GetString()!.StartsWith(Prefix, StringComparison.Ordinal) => [element.GetString()![Prefix.Length..]],
        _ => [],
    };

    private static void Write(Utf8JsonWriter writer, JsonElement element, IReadOnlyDictionary<string, string?> values)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, values);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                    Write(writer, item, values);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String when element.GetString()!.StartsWith(Prefix, StringComparison.Ordinal):
                writer.WriteStringValue(values[element.GetString()![Prefix.Length..]]);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}

/// <summary>What resolving a config gave.</summary>
public abstract record ConfigResolution
{
    private protected ConfigResolution() { }
}

/// <summary>The config with its secrets.</summary>
/// <param name="Json">UTF-8; holds secrets.</param>
/// <param name="Secrets">The names of the secrets, in order.</param>
public sealed record ConfigResolved(ReadOnlyMemory<byte> Json, IReadOnlyList<string> Secrets) : ConfigResolution
{
    /// <summary>The names only: the rest is secret.</summary>
    public override string ToString() => $"config with the secrets {string.Join(", ", Secrets)}";
}

/// <summary>Some secrets aren't there.</summary>
/// <param name="Names">Their names.</param>
public sealed record SecretsMissing(IReadOnlyList<string> Names) : ConfigResolution;

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Penstock.Simulator;

/// <summary>Options as a JSON document: the names of the properties in camelCase, durations as <c>hh:mm:ss</c>, kinds by their <c>type</c>.</summary>
internal static class OptionsJson
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowOutOfOrderMetadataProperties = true,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        ReadCommentHandling = JsonCommentHandling.Skip,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static SimulatorOptions Parse(string text, string fileName)
    {
        try
        {
            var options = JsonSerializer.Deserialize<SimulatorOptions>(text, Json) ?? throw new ArgumentException($"{fileName} is null; write an object.", nameof(text));
            return options.Validated();
        }
        catch (JsonException problem)
        {
            // The serializer's own message repeats path and line, and may quote what it read: a key, perhaps.
            var reason = problem.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "there is no such option" : "the value is not of the kind that this option takes";
            throw new ArgumentException($"{fileName}, line {problem.LineNumber + 1}, at {problem.Path ?? "$"}: {reason}.", nameof(text), problem);
        }
        catch (NotSupportedException problem)
        {
            throw new ArgumentException($"{fileName}: a quota or a fault lacks its type.", nameof(text), problem);
        }
    }
}

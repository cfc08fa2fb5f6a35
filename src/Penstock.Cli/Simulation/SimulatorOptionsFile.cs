using System.Text.Json;
using System.Text.Json.Serialization;
using Penstock.Simulator;

namespace Penstock.Cli.Simulation;

/// <summary>Reads a JSON file of <see cref="SimulatorOptions"/>, which can say all that the options of the command line can't.</summary>
internal static class SimulatorOptionsFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The options, or what is wrong and where.</summary>
    public static (SimulatorOptions? Options, string? Problem) Read(string path, string shortPath)
    {
        try
        {
            return (JsonSerializer.Deserialize<SimulatorOptions>(File.ReadAllBytes(path), Json) ?? new SimulatorOptions(), null);
        }
        catch (JsonException e)
        {
            // System.Text.Json puts its own path and position behind the message.
            string message = e.Message.Split(" Path:")[0].Split(" LineNumber:")[0];
            return (null, $"{shortPath}:{e.LineNumber + 1}: {e.Path}: {message}");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, $"There is no file '{shortPath}'.");
        }
    }
}

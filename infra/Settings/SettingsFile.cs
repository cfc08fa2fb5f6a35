using System.Text.Json;
using YamlDotNet.Serialization;

namespace Penstock.Infra.Settings;

/// <summary>Reads the values of <c>Pulumi.STACK.yaml</c> where no Pulumi engine does it: for listings and tests.</summary>
internal static class SettingsFile
{
    private const string Prefix = "penstock:";

    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        var file = new DeserializerBuilder().Build().Deserialize<Dictionary<string, Dictionary<string, string>>>(File.ReadAllText(path));
        return OfPenstock(file["config"]);
    }

    /// <summary>Reads the values that the Pulumi engine hands to its programs: JSON by key, so that misspelt keys are seen too.</summary>
    public static IReadOnlyDictionary<string, string> FromEngine() => OfPenstock(
        JsonSerializer.Deserialize<Dictionary<string, string>>(Environment.GetEnvironmentVariable("PULUMI_CONFIG") ?? "{}")!);

    private static Dictionary<string, string> OfPenstock(IEnumerable<KeyValuePair<string, string>> config) => config
        .Where(entry => entry.Key.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(entry => entry.Key[Prefix.Length..], entry => entry.Value);
}

using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Penstock.Functions.Tests;

/// <summary>Settings as the worker sees them.</summary>
internal static class LocalSettings
{
    /// <summary>The values of <c>local.settings.sample.json</c>.</summary>
    public static Dictionary<string, string?> Values() => JsonDocument
        .Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "local.settings.sample.json"))).RootElement
        .GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString());

    public static IConfiguration Sample() => new ConfigurationBuilder().AddInMemoryCollection(Values()).Build();

    public static IConfiguration Of(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, string? (setting) => setting.Value)).Build();
}

/// <summary>Settings that remember which of them were asked for.</summary>
internal sealed class AskedSettings(IConfiguration inner) : IConfiguration
{
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    public string? this[string key]
    {
        get
        {
            Names.Add(key);
            return inner[key];
        }
        set => inner[key] = value;
    }

    public IEnumerable<IConfigurationSection> GetChildren() => inner.GetChildren();

    public IChangeToken GetReloadToken() => inner.GetReloadToken();

    public IConfigurationSection GetSection(string key) => inner.GetSection(key);
}

using System.Collections.Concurrent;
using Penstock.Infra.Graph;
using Penstock.Infra.Pipelines;
using Penstock.Infra.Settings;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Penstock.Infra.Tests;

/// <summary>The graphs that the tests look at, each declared once.</summary>
internal static class Stacks
{
    private static readonly ConcurrentDictionary<string, Task<StackGraph>> Declared = new();

    public static string Infra { get; } = AppPaths.Infra();

    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Infra, ".."));

    public static Task<StackGraph> DevAsync() => Declared.GetOrAdd("dev", _ => DeclareAsync("dev"));

    public static Task<StackGraph> ProdAsync() => Declared.GetOrAdd("prod", _ => DeclareAsync("prod"));

    /// <summary>A dev stack with the network switched on.</summary>
    public static Task<StackGraph> PrivateAsync() =>
        Declared.GetOrAdd("private", _ => DeclareAsync("dev", values => values["privateNetwork"] = "true"));

    public static async Task<StackGraph> DeclareAsync(string stack, Action<Dictionary<string, string>>? change = null, string? pipelines = null) =>
        await StackGraph.DeclareAsync(stack, Settings(stack, change), await PipelineNeeds.ReadAsync(pipelines ?? Path.Combine(Repository, "pipelines")));

    public static StackSettings Settings(string stack, Action<Dictionary<string, string>>? change = null)
    {
        var values = new Dictionary<string, string>(SettingsFile.Read(Path.Combine(Infra, $"Pulumi.{stack}.yaml")));
        change?.Invoke(values);
        return SettingsReader.Read(stack, values);
    }

    /// <summary>Every stack that a policy must hold for.</summary>
    public static IEnumerable<TheoryDataRow<string>> All() => ["dev", "prod", "private"];

    public static Task<StackGraph> NamedAsync(string name) => name switch
    {
        "dev" => DevAsync(),
        "prod" => ProdAsync(),
        _ => PrivateAsync(),
    };
}

using Penstock.Infra.Settings;

namespace Penstock.Infra.Naming;

/// <summary>The tags of every resource that takes any.</summary>
internal static class Tags
{
    public static IReadOnlyList<string> Names { get; } = ["workload", "environment", "owner", "cost-center", "managed-by"];

    public static Dictionary<string, string> Of(StackSettings settings) => new()
    {
        ["workload"] = "penstock",
        ["environment"] = settings.Environment,
        ["owner"] = settings.Owner,
        ["cost-center"] = settings.CostCenter,
        ["managed-by"] = "pulumi",
    };
}

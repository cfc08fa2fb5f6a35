using Penstock.Infra.Settings;

namespace Penstock.Infra.Naming;

/// <summary>
/// Names: abbreviation, workload, environment, suffix, as the Cloud Adoption Framework has them
/// (https://learn.microsoft.com/azure/cloud-adoption-framework/ready/azure-best-practices/resource-abbreviations).
/// </summary>
internal sealed class ResourceNames(StackSettings settings)
{
    private const string Workload = "penstock";

    public string ResourceGroup => Of("rg");

    public string Identity => Of("id");

    public string DataAccount => Compact("st", "data");

    public string HostAccount => Compact("st", "host");

    public string EventHubs => Of("evhns");

    public string Cosmos => Of("cosno");

    public string KeyVault => Of("kv");

    public string Plan => Of("asp");

    public string FunctionApp => Of("func");

    public string Logs => Of("log");

    public string Insights => Of("appi");

    public string ActionGroup => Of("ag");

    public string Budget => Of("budget");

    public string Network => Of("vnet");

    public string Subnet(string of) => $"snet-{of}";

    public string PrivateEndpoint(string of) => Of("pep", of);

    public string Alert(string of) => Of("alert", of);

    private string Of(string abbreviation, string? part = null) =>
        part is null ? $"{abbreviation}-{Workload}-{settings.Environment}-{settings.Suffix}" : $"{abbreviation}-{Workload}-{settings.Environment}-{part}-{settings.Suffix}";

    // A storage account's name has 24 lower-case letters and digits at most.
    private string Compact(string abbreviation, string part) => $"{abbreviation}{part}{Workload[..6]}{settings.Environment}{settings.Suffix}";
}

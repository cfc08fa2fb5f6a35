using Penstock.Pipelines.Definitions;

namespace Penstock.Pipelines.Contracts;

/// <summary>The columns whose values may leave no trace beside the curated output: what the contract classifies.</summary>
internal static class SensitivePaths
{
    public static IReadOnlySet<string> Of(PipelineStream stream) => Of(stream.Contract?.Properties ?? [], "").ToHashSet();

    private static IEnumerable<string> Of(IReadOnlyList<ContractProperty> properties, string path)
    {
        foreach (ContractProperty property in properties)
        {
            string own = path + property.Name;
            if (property.Classification is not ("" or "public"))
                yield return own;
            foreach (string inner in Of(property.Properties, own + ".").Concat(property.Items is { } items ? Of(items.Properties, own + "[].") : []))
                yield return inner;
        }
    }
}

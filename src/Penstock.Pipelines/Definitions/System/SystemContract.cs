using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Contracts.Reading;
using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Definitions;

/// <summary>Reads the contracts of what Penstock says of itself: documents of the Open Data Contract Standard that are shipped with it.</summary>
internal static class SystemContract
{
    /// <summary>The contract of a stream of the system pipeline.</summary>
    public static Contract Of(string stream) =>
        ContractFile.Read(Text(stream), stream, new Problems(FileOf(stream), [])) ?? throw new InvalidOperationException($"{FileOf(stream)} is broken.");

    /// <summary>Its document.</summary>
    public static string Text(string stream)
    {
        using var reader = new StreamReader(typeof(SystemContract).Assembly.GetManifestResourceStream(FileOf(stream))!);
        return reader.ReadToEnd();
    }

    private static string FileOf(string stream) => $"{stream}.odcs.yaml";
}

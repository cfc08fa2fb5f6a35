using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Contracts.Reading;

/// <summary>Reads the contract of one stream from its document.</summary>
internal static class ContractFile
{
    /// <summary>Reads the contract of a stream; null if the document can't be used.</summary>
    /// <param name="text">The document.</param>
    /// <param name="stream">The stream: of several schema objects, the one of this name counts.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static Contract? Read(string text, string stream, Problems problems)
    {
        if (ContractDocument.Read(text, problems) is not { } document)
            return null;
        Contract? found = document.Objects.FirstOrDefault(one => one.Name == stream) ?? (document.Objects.Count == 1 ? document.Objects[0] : null);
        if (found is null)
        {
            problems.Add(document.SchemaLine, "schema", $"No schema object is called '{stream}' like the stream.", document.Objects.Count == 0
                ? $"Add one: schema: [{{ name: {stream}, properties: [...] }}]"
                : Nearest.Advice(stream, [.. document.Objects.Select(one => one.Name)]));
        }

        return found;
    }
}

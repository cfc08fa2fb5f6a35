using Penstock.Pipelines.Contracts.Standard;
using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Contracts.Reading;

/// <summary>
/// An Open Data Contract Standard document (ODCS 3.1, https://bitol-io.github.io/open-data-contract-standard): a contract for each
/// of its schema objects.
/// </summary>
/// <param name="Id">The document's id.</param>
/// <param name="Version">The document's version.</param>
/// <param name="Objects">Its schema objects, in order.</param>
/// <param name="SchemaLine">The line where they begin.</param>
internal sealed record ContractDocument(string Id, string Version, IReadOnlyList<Contract> Objects, int SchemaLine)
{
    /// <summary>Reads a document; null if it isn't as the standard says, or can't be enforced: the problems say why.</summary>
    public static ContractDocument? Read(string text, Problems problems)
    {
        if (YamlDocument.Read(text, problems) is not { } root)
            return null;
        DocumentShape.Check(root, problems);
        if (problems.Count > 0)
            return null;

        var fields = new Fields((YamlMap)root, "", problems);
        string id = fields.Plain("id")!;
        string version = fields.Plain("version")!;
        var team = ContractTeam.Read(fields);
        Contract[] objects = [.. fields.Maps("schema").Select(one => new SchemaReading(fields, one, problems).Read(id, version, team))];
        foreach (IGrouping<string, Contract> twice in objects.GroupBy(one => one.Name).Where(group => group.Count() > 1))
            fields.Add("schema", $"The object '{twice.Key}' is there {twice.Count()} times.", "Give each its own name.");
        return problems.Count > 0 ? null : new ContractDocument(id, version, objects, fields.LineOf("schema"));
    }
}

using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Contracts.Reading;

/// <summary>Reads contract files outside of pipelines.</summary>
public static class ContractReader
{
    /// <summary>Reads an ODCS document: a contract for each of its schema objects, or what is wrong.</summary>
    /// <param name="file">How problems name the file.</param>
    /// <param name="text">The document.</param>
    public static ContractReading Read(string file, string text)
    {
        var problems = new List<DefinitionProblem>();
        ContractDocument? document = ContractDocument.Read(text, new Problems(file, problems));
        return new ContractReading(document?.Id ?? "", document?.Version ?? "", document?.Objects ?? [], [.. problems.OrderBy(problem => problem.Line)]);
    }
}

/// <summary>What a contract file holds.</summary>
/// <param name="Id">The document's id.</param>
/// <param name="Version">The document's version.</param>
/// <param name="Objects">A contract for each schema object; none if there are problems.</param>
/// <param name="Problems">What is wrong.</param>
public sealed record ContractReading(string Id, string Version, IReadOnlyList<Contract> Objects, IReadOnlyList<DefinitionProblem> Problems);

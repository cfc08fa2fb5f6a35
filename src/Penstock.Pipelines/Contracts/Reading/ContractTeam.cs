using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Contracts.Reading;

/// <summary>Who answers for a contract, and where to ask.</summary>
/// <param name="Owner">A team or a person; may be empty.</param>
/// <param name="Support">Channels.</param>
internal sealed record ContractTeam(string Owner, IReadOnlyList<string> Support)
{
    public static ContractTeam Read(Fields document)
    {
        // Before 3.1 a team was the list of its members.
        Fields? team = document.Find("team") is YamlMap ? document.Map("team") : null;
        IReadOnlyList<Fields> members = team?.Maps("members") ?? document.Maps("team");
        string owner = team?.Plain("name")
            ?? members.FirstOrDefault(member => string.Equals(member.Plain("role"), "owner", StringComparison.OrdinalIgnoreCase))?.Plain("username")
            ?? "";
        return new ContractTeam(owner, [.. document.Maps("support").Select(Channel)]);
    }

    private static string Channel(Fields support) =>
        support.Plain("url") is { } url ? $"{support.Plain("channel")} ({url})" : support.Plain("channel") ?? "";
}

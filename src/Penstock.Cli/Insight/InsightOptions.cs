using System.CommandLine;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Operating;

namespace Penstock.Cli.Insight;

/// <summary>The options of commands that look at a host, or at the folders of this machine.</summary>
internal sealed class InsightOptions
{
    private readonly Option<Uri?> _url = ApiOptions.UrlInstead();
    private readonly AccessOptions _access = new();
    private readonly Option<string> _data = CommonOptions.Data();
    private readonly Option<string> _pipelines = CommonOptions.Pipelines();
    private readonly Option<string> _secrets = CommonOptions.Secrets();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_pipelines, _data, _secrets, _url])
            command.Add(option);
        _access.AddTo(command);
    }

    /// <summary>Where to look.</summary>
    public InsightSource Source(ParseResult parsed, Surroundings surroundings) => parsed.GetValue(_url) is { } url
        ? new HostInsight(_access.Open(url, parsed, surroundings))
        : new FolderInsight(
            surroundings.FullPath(parsed.GetRequiredValue(_pipelines)), surroundings.FullPath(parsed.GetRequiredValue(_data)),
            surroundings.FullPath(parsed.GetRequiredValue(_secrets)), surroundings.Time);
}

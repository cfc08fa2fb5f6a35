using System.CommandLine;
using Penstock.Cli.CommandLine;

namespace Penstock.Cli.Insight;

/// <summary>The options of commands that look at a host, or at the folders of this machine.</summary>
internal sealed class InsightOptions
{
    private readonly Option<Uri?> _url = new("--url")
    {
        Description = "Ask a host or a function app instead of looking into folders.",
        HelpName = "URL",
        CustomParser = Parsed.One(OtlpTarget.Read, "an address", "for example http://localhost:7071"),
    };

    private readonly Option<string?> _key = new("--key") { Description = "The key for --url.", HelpName = "KEY" };
    private readonly Option<string> _data = CommonOptions.Data();
    private readonly Option<string> _pipelines = CommonOptions.Pipelines();
    private readonly Option<string> _secrets = CommonOptions.Secrets();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_pipelines, _data, _secrets, _url, _key])
            command.Add(option);
    }

    /// <summary>Where to look.</summary>
    public InsightSource Source(ParseResult parsed, Surroundings surroundings) => parsed.GetValue(_url) is { } url
        ? new HostInsight(url, parsed.GetValue(_key))
        : new FolderInsight(
            surroundings.FullPath(parsed.GetRequiredValue(_pipelines)), surroundings.FullPath(parsed.GetRequiredValue(_data)),
            surroundings.FullPath(parsed.GetRequiredValue(_secrets)), surroundings.Time);
}

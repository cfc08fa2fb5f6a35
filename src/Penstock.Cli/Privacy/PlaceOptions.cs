using System.CommandLine;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Local;
using Penstock.Cli.Operating;
using Penstock.Pipelines.Definitions.Catalogs;

namespace Penstock.Cli.Privacy;

/// <summary>Where a command works: on a data folder, or on a host that runs.</summary>
internal sealed class PlaceOptions
{
    private readonly Option<Uri?> _url = ApiOptions.UrlInstead();
    private readonly AccessOptions _access = new();
    private readonly Option<string> _data = CommonOptions.Data();
    private readonly Option<string> _pipelines = CommonOptions.Pipelines();
    private readonly Option<string> _secrets = CommonOptions.Secrets();
    private readonly Option<bool> _json = CommonOptions.Json();

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_data, _pipelines, _secrets, _url, _json])
            command.Add(option);
        _access.AddTo(command);
    }

    /// <summary>Whether the result is for machines.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>The host, if one is named.</summary>
    public OperatorApi? Api(ParseResult parsed, Surroundings surroundings) =>
        parsed.GetValue(_url) is { } url ? new OperatorApi(_access.Open(url, parsed, surroundings)) : null;

    /// <summary>Opens the data folder; null, and said why, if another process works on it.</summary>
    public LocalWork? Open(ParseResult parsed, Surroundings surroundings)
    {
        string data = surroundings.FullPath(parsed.GetRequiredValue(_data));
        var catalog = new FolderPipelineCatalog(surroundings.FullPath(parsed.GetRequiredValue(_pipelines)));
        LocalWork? work = LocalWork.TryOpen(data, surroundings.FullPath(parsed.GetRequiredValue(_secrets)), catalog, surroundings.Time, parallelism: 1, isVerbose: false);
        if (work is null)
            Failure.Report(surroundings, $"Another penstock works on '{surroundings.ShortPath(data)}'.", "Ask it with --url http://localhost:7071, or wait until it is done.");
        return work;
    }
}

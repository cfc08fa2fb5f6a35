using Microsoft.Extensions.DependencyInjection;
using Penstock.Pipelines.Runs;

namespace Penstock.Http.Tests.Operate;

/// <summary>Runs that begin and end without anything being read.</summary>
internal static class RunHistories
{
    /// <summary>Begins an incremental run now and ends it; gives its id.</summary>
    public static async Task<string> EndAsync(ApiHost api, string pipeline, string stream, RunStatus status = RunStatus.Completed, string? error = null)
    {
        var runs = api.Services.GetRequiredService<RunBook>();
        string id = (await runs.BeginIncrementalAsync(pipeline, stream, api.Stores.Time.GetUtcNow()))!;
        await runs.EndAsync((await runs.FindAsync(pipeline, stream, id))!.Value, status, error);
        return id;
    }
}

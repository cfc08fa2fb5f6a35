using System.Globalization;
using System.Text.Json;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Output;
using Spectre.Console;

namespace Penstock.Cli.Operating;

/// <summary>Watches a backfill or a replay until it ends: a bar on a terminal, else a line whenever something has changed.</summary>
/// <param name="surroundings">Where it is shown.</param>
/// <param name="client">Who is asked.</param>
internal sealed class ApiWatch(Surroundings surroundings, ApiClient client)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly string[] Ends = ["completed", "failed", "cancelled"];

    /// <summary>Watches; gives the last answer.</summary>
    public Task<ApiReply> RunAsync(string path, CancellationToken cancellationToken) => surroundings.IsTerminal
        ? Report.ConsoleOn(surroundings.Error, surroundings).Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
            .StartAsync(context =>
            {
                ProgressTask bar = context.AddTask("planning", maxValue: 1);
                return PollAsync(path, (text, share) => (bar.Description, bar.Value, bar.IsIndeterminate) = (Markup.Escape(text), share ?? 0, share is null), cancellationToken);
            })
        : PollAsync(path, LineWriter(), cancellationToken);

    private Action<string, double?> LineWriter()
    {
        string last = "";
        return (text, _) =>
        {
            if (text != last)
                surroundings.Error.WriteLine(text);
            last = text;
        };
    }

    private async Task<ApiReply> PollAsync(string path, Action<string, double?> show, CancellationToken cancellationToken)
    {
        while (true)
        {
            ApiReply reply = await client.SendAsync(new ApiRequest("GET", path), cancellationToken);
            if (reply is not ApiAnswer { Json: var json })
                return reply;
            string status = json.GetProperty("status").GetString()!;
            show(Describe(json, status), Share(json));
            if (Ends.Contains(status))
                return reply;
            await Task.Delay(Interval, surroundings.Time, cancellationToken);
        }
    }

    private static double? Share(JsonElement json) =>
        (json.TryGetProperty("progress", out JsonElement progress) ? progress : json).TryGetProperty("share", out JsonElement share) ? share.GetDouble() : null;

    private static string Describe(JsonElement json, string status)
    {
        if (!json.TryGetProperty("progress", out JsonElement progress))
            return $"{status}: {json.GetProperty("counts").GetProperty("blobs").GetInt32()} of {json.GetProperty("blobsFound").GetInt32()} blobs, {json.GetProperty("counts").GetProperty("curated").GetInt64():N0} records curated";
        string eta = progress.TryGetProperty("eta", out JsonElement at) ? $", ends about {at.GetDateTimeOffset().UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture)}" : "";
        return $"{status}: {progress.GetProperty("slicesEnded").GetInt32()} of {progress.GetProperty("slicesPlanned").GetInt32()} slices, {progress.GetProperty("records").GetInt64():N0} records landed{eta}";
    }
}

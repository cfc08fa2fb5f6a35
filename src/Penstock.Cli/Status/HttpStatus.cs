using System.Text.Json;
using Penstock.Cli.Operating;

namespace Penstock.Cli.Status;

/// <summary>The status of a host or of a function app, asked over HTTP.</summary>
internal static class HttpStatus
{
    /// <summary>Asks; gives the report, or what went wrong.</summary>
    /// <param name="client">Calls the host.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public static async Task<(StatusReport? Report, ApiRefusal? Refusal)> ReadAsync(ApiClient client, CancellationToken cancellationToken)
    {
        ApiReply reply = await client.SendAsync(new ApiRequest("GET", "api/status"), cancellationToken);
        if (reply is ApiRefusal refusal)
            return (null, refusal);
        try
        {
            return (Read(((ApiAnswer)reply).Json), null);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            return (null, client.NotPenstock());
        }
    }

    private static StatusReport Read(JsonElement status) => new(
        [.. status.GetProperty("pipelines").EnumerateArray().SelectMany(Rows)],
        [.. status.GetProperty("alerts").EnumerateArray().Select(alert => $"{Text(alert, "kind")} {Text(alert, "subject")}: {Text(alert, "message")}")],
        status.GetProperty("deadLetters").GetInt32());

    private static IEnumerable<StreamStatus> Rows(JsonElement pipeline)
    {
        string name = pipeline.GetProperty("pipeline").GetString()!;
        string? state = Text(pipeline, "state");
        StreamStatus[] rows = [.. pipeline.GetProperty("streams").EnumerateArray().Select(stream => new StreamStatus
        {
            Pipeline = name,
            Stream = stream.GetProperty("stream").GetString()!,
            State = state,
            ActiveRun = Text(stream, "activeRun"),
            LastRun = Text(stream, "lastRun"),
            LastStatus = Text(stream, "lastStatus"),
            FreshUntil = stream.TryGetProperty("freshUntil", out JsonElement until) ? until.GetDateTimeOffset() : null,
        })];
        return rows.Length > 0 ? rows : [new StreamStatus { Pipeline = name, Stream = "-", State = state }];
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}

using System.Net;
using System.Text.Json;

namespace Penstock.Cli.Status;

/// <summary>The status of a host or of a function app, asked over HTTP.</summary>
internal static class HttpStatus
{
    /// <summary>Asks; gives the report, or what went wrong.</summary>
    /// <param name="url">The host's address.</param>
    /// <param name="key">The key, or null.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public static async Task<(StatusReport? Report, string? Problem)> ReadAsync(Uri url, string? key, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        if (key is not null)
            client.DefaultRequestHeaders.Add("x-functions-key", key);
        try
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri(url, "api/status"), cancellationToken);
            if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                return (null, $"{url} wants a key.");
            if (!answer.IsSuccessStatusCode)
                return (null, $"{url} answered {(int)answer.StatusCode}.");
            using JsonDocument json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            return (Read(json.RootElement), null);
        }
        catch (HttpRequestException e)
        {
            return (null, $"{url} can't be reached: {e.Message}");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return (null, $"{url} doesn't answer as Penstock does.");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"{url} didn't answer within {client.Timeout.TotalSeconds:0} seconds.");
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

using System.Text.Json;
using Penstock.Pipelines.Ledger;

namespace Penstock.Http.Operate;

/// <summary>A dead letter: its message as JSON, or in base64 if it isn't JSON.</summary>
internal sealed record DeadLetterView(
    string Id, string Queue, string Reason, DateTimeOffset At, DateTimeOffset? EditedAt, JsonElement? Message, string? MessageBase64, string Url);

internal sealed record PageOfDeadLetters(IReadOnlyList<DeadLetterView> Items, string? Next);

/// <summary>How many dead letters were dealt with.</summary>
internal sealed record DeadLettersDone(int Count);

/// <summary>The body of a mended dead letter.</summary>
internal sealed record DeadLetterRequest(JsonElement Message);

/// <summary>Which dead letters: all that is said must be true of one.</summary>
internal sealed record DeadLettersRequest(string? Queue, string? Pipeline, IReadOnlyList<string>? Ids, bool? All);

/// <summary>Shows dead letters. Messages are ours, references to work: they hold no record's content.</summary>
internal static class DeadLetterViews
{
    public static DeadLetterView Of(DeadLetter letter)
    {
        JsonElement? message = MessageOf(letter);
        return new DeadLetterView(
            letter.Id, letter.Queue, letter.Reason, letter.At, letter.EditedAt, message, message is null ? letter.Body : null, $"/api/deadletters/{letter.Queue}/{letter.Id}");
    }

    public static bool IsOf(DeadLetter letter, string queue, string pipeline) =>
        (queue.Length == 0 || letter.Queue == queue)
        && (pipeline.Length == 0 || (MessageOf(letter) is { ValueKind: JsonValueKind.Object } message
            && message.TryGetProperty("pipeline", out JsonElement of) && of.ValueKind == JsonValueKind.String && of.GetString() == pipeline));

    private static JsonElement? MessageOf(DeadLetter letter)
    {
        try
        {
            using JsonDocument message = JsonDocument.Parse(Convert.FromBase64String(letter.Body));
            return message.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Penstock.Http.Problems;
using Penstock.Pipelines.Receiving;

namespace Penstock.Http.Bodies;

/// <summary>Reads an operator's request: a small JSON object.</summary>
internal static class JsonRequest
{
    private const int MaxBytes = 64 * 1024;
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    /// <summary>Reads the object; no body at all is an empty one.</summary>
    public static ValueTask<(RequestObject? Body, Problem? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken) =>
        ReadAsync(request, MaxBytes, cancellationToken);

    /// <summary>Reads the object within a limit of bytes; no body at all is an empty one.</summary>
    public static async ValueTask<(RequestObject? Body, Problem? Problem)> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        using var body = new PooledBytes();
        if (await BodyReader.ReadAsync(request, body, maxBytes, cancellationToken) is { } tooLarge)
            return (null, tooLarge);
        if (body.Length == 0)
            return (new RequestObject(Nothing), null);
        if (!MediaTypes.IsJson(request.ContentType))
            return (null, ProblemTypes.WrongContentType.With($"The Content-Type '{request.ContentType}' isn't taken here. Send 'application/json'.").With("Accept", "application/json"));
        try
        {
            using JsonDocument document = JsonDocument.Parse(body.Memory);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (new RequestObject(document.RootElement.Clone()), null)
                : (null, ProblemTypes.BadBody.With("The body must be a JSON object. Send {...}."));
        }
        catch (JsonException e)
        {
            return (null, ProblemTypes.BadBody.With($"The body isn't valid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}."));
        }
    }
}

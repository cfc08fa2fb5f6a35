using System.Text.Json;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Folders;

/// <summary>Secrets from a JSON file for local runs: <c>{"api-key": "…"}</c>. Read anew with every look-up. Keep it out of git.</summary>
/// <param name="path">The file; it needn't be there.</param>
public sealed class FileSecretStore(string path) : ISecretStore
{
    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file isn't one JSON object of strings.</exception>
    public async ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        PortArguments.Secret(name);
        if (!File.Exists(path))
            return null;
        using JsonDocument document = Parse(await File.ReadAllBytesAsync(path, cancellationToken));
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException($"{path}: expected one JSON object of names and values, like {{\"api-key\": \"…\"}}.");
        JsonProperty found = document.RootElement.EnumerateObject().FirstOrDefault(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found.Value.ValueKind switch
        {
            JsonValueKind.Undefined => null,
            JsonValueKind.String => found.Value.GetString(),
            var kind => throw new InvalidDataException($"{path}: the secret '{name}' is a {kind}; write it as a string in quotes."),
        };
    }

    private JsonDocument Parse(byte[] content)
    {
        JsonException wrong;
        try
        {
            return JsonDocument.Parse(content, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        }
        catch (JsonException exception)
        {
            wrong = exception;
        }

        // Not with the parser's own exception inside: its message may quote a part of a secret.
        throw new InvalidDataException($"{path}: not JSON at line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}.");
    }
}

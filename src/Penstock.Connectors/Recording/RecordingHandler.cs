using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Penstock.Connectors.Http;

namespace Penstock.Connectors.Recording;

/// <summary>Sends calls on, and writes each with its answer into a file of a folder.</summary>
internal sealed class RecordingHandler(HttpMessageHandler inner, string folder, Redaction redaction) : DelegatingHandler(inner)
{
    private const long MostBytes = 64 * 1024 * 1024;
    private int _number;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value)))
            .Where(header => !Redaction.IsSecret(header.Key) && !header.Key.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)).ToList();
        using var body = ContentCoding.Decode(await response.Content.ReadAsStreamAsync(cancellationToken), response.Content.Headers.ContentEncoding);
        using var bounded = new BoundedStream(body, MostBytes, TimeSpan.FromMinutes(2), TimeProvider.System, $"{request.Method} {SafeUrl.Of(request.RequestUri!)}, which is recorded,");
        using var whole = await PageBuffer.ReadAsync(bounded, null, cancellationToken);
        var bytes = whole.Written.ToArray();
        var isText = Utf8.IsValid(bytes);

        var exchange = new Exchange
        {
            Method = request.Method.Method,
            Url = redaction.Apply(request.RequestUri!.OriginalString),
            Sent = string.IsNullOrEmpty(sent) ? null : redaction.Apply(sent),
            Status = (int)response.StatusCode,
            Headers = [.. headers.Where(header => !IsOfCoding(header.Key)).Select(header => KeyValuePair.Create(header.Key, redaction.Apply(header.Value)))],
            Text = isText ? redaction.Apply(Encoding.UTF8.GetString(bytes)) : null,
            Bytes = isText ? null : bytes,
        };
        var file = Path.Combine(folder, Interlocked.Increment(ref _number).ToString("0000", CultureInfo.InvariantCulture) + ".json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(exchange, RecordingJson.Readable.Exchange) + "\n", cancellationToken);
        return Answer(response, headers, bytes);
    }

    private static bool IsOfCoding(string header) =>
        header.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase) || header.Equals("Content-Length", StringComparison.OrdinalIgnoreCase);

    // The body was read: it goes on from memory, already without its coding. Cookies and the like never mattered.
    private static HttpResponseMessage Answer(HttpResponseMessage response, IEnumerable<KeyValuePair<string, string>> headers, byte[] body)
    {
        var answer = new HttpResponseMessage(response.StatusCode) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers.Where(header => !IsOfCoding(header.Key)))
            if (!answer.Headers.TryAddWithoutValidation(name, value)) answer.Content.Headers.TryAddWithoutValidation(name, value);
        response.Dispose();
        return answer;
    }
}

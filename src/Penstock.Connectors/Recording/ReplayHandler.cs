using System.Net;
using System.Text;
using Penstock.Connectors.Http;

namespace Penstock.Connectors.Recording;

/// <summary>Answers calls from a recording. The same call again gets the next answer that was recorded for it, or the last one.</summary>
internal sealed class ReplayHandler : HttpMessageHandler
{
    private readonly Dictionary<(string, string, string), List<Exchange>> _answers;
    private readonly Dictionary<(string, string, string), int> _given = [];
    private readonly Redaction _redaction;
    private readonly Lock _lock = new();

    public ReplayHandler(IEnumerable<Exchange> recorded, Redaction redaction)
    {
        _redaction = redaction;
        _answers = recorded.GroupBy(exchange => exchange.Call).ToDictionary(group => group.Key, group => group.ToList());
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var call = (request.Method.Method, _redaction.Apply(request.RequestUri!.OriginalString), _redaction.Apply(sent));
        if (!_answers.TryGetValue(call, out var answers))
            throw new AddressRefusedException("the recording has no answer to it: record again, or read with the config and the --now that it was recorded with");
        lock (_lock)
        {
            var next = _given.GetValueOrDefault(call);
            _given[call] = next + 1;
            return Answer(answers[Math.Min(next, answers.Count - 1)]);
        }
    }

    private static HttpResponseMessage Answer(Exchange exchange)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)exchange.Status) { Content = new ByteArrayContent(exchange.Bytes ?? Encoding.UTF8.GetBytes(exchange.Text ?? "")) };
        foreach (var (name, value) in exchange.Headers)
            if (!answer.Headers.TryAddWithoutValidation(name, value)) answer.Content.Headers.TryAddWithoutValidation(name, value);
        return answer;
    }
}

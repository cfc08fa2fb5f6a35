using System.Text;

namespace Penstock.Connectors.Http;

/// <summary>
/// Keeps whole responses of GET calls that were answered with 200, for parents that several streams read (<c>use_cache</c>).
/// Bounded in bytes; the response that was not used for the longest time goes first.
/// </summary>
internal sealed class ResponseCache(long capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];
    private long _bytes;

    private sealed record Entry(string Key, CachedResponse Response);

    /// <summary>Gives the response to a call, if it was kept.</summary>
    public CachedResponse? Find(HttpCall call)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(KeyOf(call), out var node))
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Response;
        }
    }

    /// <summary>Keeps a response, unless it is larger than a quarter of the cache.</summary>
    public void Keep(HttpCall call, AnswerHeaders headers, ReadOnlySpan<byte> body)
    {
        if (call.Method != "GET" || body.Length > capacity / 4)
        {
            return;
        }

        var entry = new Entry(KeyOf(call), new CachedResponse(headers, body.ToArray()));
        lock (_lock)
        {
            if (_entries.ContainsKey(entry.Key))
            {
                return;
            }

            _entries[entry.Key] = _byUse.AddFirst(entry);
            _bytes += body.Length;
            while (_bytes > capacity && _byUse.Last is { } oldest)
            {
                _byUse.Remove(oldest);
                _entries.Remove(oldest.Value.Key);
                _bytes -= oldest.Value.Response.Body.Length;
            }
        }
    }

    private static string KeyOf(HttpCall call)
    {
        var key = new StringBuilder(call.Method).Append(' ').Append(call.Url.OriginalString);
        foreach (var (name, value) in call.Headers.OrderBy(header => header.Key, StringComparer.Ordinal))
        {
            key.Append('\n').Append(name).Append(':').Append(value);
        }

        return key.Append("\n\n").Append(call.Body is null ? "" : Convert.ToBase64String(call.Body)).ToString();
    }
}

/// <summary>A response of 200 that was kept.</summary>
internal sealed record CachedResponse(AnswerHeaders Headers, byte[] Body);

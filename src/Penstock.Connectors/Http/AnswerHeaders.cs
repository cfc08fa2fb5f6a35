using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Penstock.Connectors.Http;

/// <summary>The headers of an answer in the order sent, repeated ones joined by a comma and a space; looked up in any case.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "Headers is HTTP's own plural.")]
public sealed class AnswerHeaders : IReadOnlyCollection<KeyValuePair<string, string>>
{
    private readonly List<KeyValuePair<string, string>> _headers = [];

    /// <param name="headers">Names and values as sent.</param>
    public AnswerHeaders(IEnumerable<KeyValuePair<string, string>> headers)
    {
        foreach (var (name, value) in headers)
        {
            var at = _headers.FindIndex(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (at < 0)
            {
                _headers.Add(new(name, value));
            }
            else
            {
                _headers[at] = new(_headers[at].Key, _headers[at].Value + ", " + value);
            }
        }
    }

    /// <inheritdoc/>
    public int Count => _headers.Count;

    /// <summary>A header's value, or null.</summary>
    public string? Find(string name) => TryFind(name, out var value) ? value : null;

    /// <summary>Finds a header.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out string? value)
    {
        value = _headers.Find(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        return value is not null;
    }

    /// <summary>The headers for a budget: names in lower case.</summary>
    public IReadOnlyDictionary<string, string> ToLower() => _headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _headers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

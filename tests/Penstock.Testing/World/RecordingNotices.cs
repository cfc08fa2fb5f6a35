using System.Text;
using Penstock.Pipelines.Watching.Notices;

namespace Penstock.Testing.World;

/// <summary>Takes notices instead of a web server.</summary>
public sealed class RecordingNotices : INoticeChannel
{
    /// <summary>What was sent, and taken.</summary>
    public List<(Uri Address, string Body, IReadOnlyDictionary<string, string> Headers)> Sent { get; } = [];

    /// <summary>Why nothing is taken; null if it is.</summary>
    public string? Refusal { get; set; }

    /// <summary>How often something was sent, taken or not.</summary>
    public int Attempts { get; private set; }

    public ValueTask<string?> SendAsync(
        Uri address, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken = default)
    {
        Attempts++;
        if (Refusal is null)
            Sent.Add((address, Encoding.UTF8.GetString(body.Span), headers));
        return ValueTask.FromResult(Refusal);
    }
}

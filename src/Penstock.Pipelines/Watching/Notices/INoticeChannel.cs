namespace Penstock.Pipelines.Watching.Notices;

/// <summary>Sends notices.</summary>
public interface INoticeChannel
{
    /// <summary>Sends one.</summary>
    /// <param name="address">Where.</param>
    /// <param name="body">JSON.</param>
    /// <param name="headers">Headers beside the content's type.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null if it was taken; else why not.</returns>
    ValueTask<string?> SendAsync(Uri address, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken = default);
}

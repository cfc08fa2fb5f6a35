using System.Buffers;
using System.Runtime.CompilerServices;

namespace Penstock.Pipelines.Landing;

/// <summary>Reads a raw blob line by line as a sequence, where speed is no matter; <see cref="RawLines"/> is the fast way.</summary>
public static class RawBlobReader
{
    /// <summary>Gives the lines of a gzip JSON Lines blob, each valid until the next is asked for.</summary>
    /// <param name="compressed">The blob; it is disposed of at the end.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidDataException">The blob isn't gzip, or is cut off.</exception>
    public static async IAsyncEnumerable<ReadOnlySequence<byte>> ReadLinesAsync(
        Stream compressed, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var lines = new RawLines(compressed);
        while (await lines.FillAsync(cancellationToken))
        {
            while (lines.TryRead(out ReadOnlyMemory<byte> line))
                yield return new ReadOnlySequence<byte>(line);
        }
    }
}

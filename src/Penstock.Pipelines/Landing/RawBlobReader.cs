using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Penstock.Pipelines.Landing;

/// <summary>Reads a raw blob line by line; memory is that of the longest line.</summary>
public static class RawBlobReader
{
    /// <summary>Gives the lines of a gzip JSON Lines blob, each valid until the next is asked for.</summary>
    /// <param name="compressed">The blob; it is disposed of at the end.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidDataException">The blob isn't gzip, or is cut off.</exception>
    public static async IAsyncEnumerable<ReadOnlySequence<byte>> ReadLinesAsync(
        Stream compressed, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        PipeReader reader = PipeReader.Create(
            new GZipStream(compressed, CompressionMode.Decompress), new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        try
        {
            ReadResult read;
            do
            {
                read = await reader.ReadAsync(cancellationToken);
                ReadOnlySequence<byte> rest = read.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    yield return rest.Slice(0, end);
                    rest = rest.Slice(rest.GetPosition(1, end));
                }

                if (read.IsCompleted && !rest.IsEmpty)
                {
                    yield return rest;
                    rest = rest.Slice(rest.End);
                }

                reader.AdvanceTo(rest.Start, rest.End);
            }
            while (!read.IsCompleted);
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }
}

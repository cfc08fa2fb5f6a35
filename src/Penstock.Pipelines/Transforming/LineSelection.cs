using System.Text.Json;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Transforming;

/// <summary>Some quarantined lines of a raw blob that are transformed again; the other quarantined ones stay as they are.</summary>
/// <param name="known">What became of the blob so far.</param>
internal sealed class LineSelection(TransformEntry known)
{
    private readonly Dictionary<long, byte[]> _kept = [];
    private readonly HashSet<long> _taken = [];

    /// <summary>What became of the blob so far.</summary>
    public TransformEntry Known => known;

    /// <summary>Reads which of the wanted lines are in quarantine: only those are transformed, however often the message comes.</summary>
    public static async ValueTask<LineSelection> ReadAsync(
        IBlobStore blobs, string rawBlob, IReadOnlyList<long> wanted, TransformEntry known, CancellationToken cancellationToken)
    {
        var selection = new LineSelection(known);
        if (await blobs.OpenAsync(QuarantineWriter.NameFor(rawBlob), cancellationToken) is not { } content)
            return selection;
        var set = wanted.ToHashSet();
        await using var lines = new RawLines(content);
        while (await lines.FillAsync(cancellationToken))
        {
            while (lines.TryRead(out ReadOnlyMemory<byte> line))
            {
                long number = NumberOf(line.Span);
                if (set.Contains(number))
                    selection._taken.Add(number);
                else
                    selection._kept[number] = line.ToArray();
            }
        }

        return selection;
    }

    /// <summary>Whether a line is transformed again.</summary>
    public bool Takes(long line) => _taken.Contains(line);

    /// <summary>The line of the quarantine blob that stays; null if there is none.</summary>
    public byte[]? Kept(long line) => _kept.GetValueOrDefault(line);

    private static long NumberOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("line"u8) && reader.Read())
                return reader.GetInt64();
        }

        throw new InvalidDataException("A line of a quarantine blob doesn't say which line of its raw blob it is.");
    }
}

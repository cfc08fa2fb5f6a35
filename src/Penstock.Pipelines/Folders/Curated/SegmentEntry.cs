using System.Buffers.Binary;

namespace Penstock.Pipelines.Folders.Curated;

/// <summary>
/// A version as it lies in a segment: 24 bytes of head (part, flags, lengths of key, version and record, valid from), then key,
/// version and record.
/// </summary>
internal readonly ref struct SegmentEntry
{
    public const int HeadLength = 24;

    private readonly ReadOnlySpan<byte> _bytes;

    /// <param name="bytes">A whole entry.</param>
    public SegmentEntry(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    public byte Part => _bytes[0];

    public bool IsDeletion => _bytes[1] != 0;

    /// <summary>Since when it is valid, in UTC ticks.</summary>
    public long ValidFrom => BinaryPrimitives.ReadInt64LittleEndian(_bytes[16..]);

    public ReadOnlySpan<byte> Key => _bytes.Slice(HeadLength, KeyLength);

    public ReadOnlySpan<byte> Version => _bytes.Slice(HeadLength + KeyLength, VersionLength);

    public ReadOnlySpan<byte> Json => _bytes[(HeadLength + KeyLength + VersionLength)..];

    public ReadOnlySpan<byte> Bytes => _bytes;

    private int KeyLength => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[2..]);

    private int VersionLength => BinaryPrimitives.ReadInt32LittleEndian(_bytes[4..]);

    /// <summary>The length of the entry that begins with a head.</summary>
    public static int LengthOf(ReadOnlySpan<byte> head) =>
        HeadLength + BinaryPrimitives.ReadUInt16LittleEndian(head[2..]) + BinaryPrimitives.ReadInt32LittleEndian(head[4..]) + BinaryPrimitives.ReadInt32LittleEndian(head[8..]);

    /// <summary>Writes a head.</summary>
    public static void WriteHead(Span<byte> to, byte part, bool isDeletion, int key, int version, int json, long validFrom)
    {
        to[0] = part;
        to[1] = isDeletion ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt16LittleEndian(to[2..], (ushort)key);
        BinaryPrimitives.WriteInt32LittleEndian(to[4..], version);
        BinaryPrimitives.WriteInt32LittleEndian(to[8..], json);
        BinaryPrimitives.WriteInt32LittleEndian(to[12..], 0);
        BinaryPrimitives.WriteInt64LittleEndian(to[16..], validFrom);
    }

    /// <summary>The order of a segment: part, key, version.</summary>
    public int OrderTo(SegmentEntry other)
    {
        int order = Part.CompareTo(other.Part);
        if (order == 0)
            order = Key.SequenceCompareTo(other.Key);
        return order == 0 ? Version.SequenceCompareTo(other.Version) : order;
    }

    public bool HasKeyOf(SegmentEntry other) => Key.SequenceEqual(other.Key);
}

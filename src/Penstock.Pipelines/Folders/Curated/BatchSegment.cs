using System.Buffers;
using System.Text;
using Penstock.Pipelines.Curating;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Folders.Curated;

/// <summary>Writes a batch as a sorted segment.</summary>
internal static class BatchSegment
{
    public const int PartCount = 16;

    // A record's place in the batch, and its key and version in the buffer. The first bytes of the key that aren't the same in all
    // of them decide most comparisons.
    private readonly record struct Item(byte Part, ulong Start, int Key, int KeyLength, int VersionLength, int Index);

    /// <summary>Writes the records; gives how many of them are older than one of the same key before them.</summary>
    public static int Write(IReadOnlyList<CuratedRecord> records, HistoryMode history, string path)
    {
        Item[] items = ArrayPool<Item>.Shared.Rent(records.Count);
        byte[] texts = Encode(records, items);
        items.AsSpan(0, records.Count).Sort((one, other) => Compare(one, other, texts));
        using var writer = new BlockWriter(path);
        int stale = 0;
        for (int i = 0; i < records.Count; i++)
        {
            // Of the same key and version the last one counts.
            bool isLast = i + 1 == records.Count || !IsSame(items[i], items[i + 1], texts, withVersion: true);
            if (isLast)
                Write(items[i], records[items[i].Index], texts, writer);
            if (history == HistoryMode.Latest && i + 1 < records.Count && IsSame(items[i], items[i + 1], texts, withVersion: false))
                stale += IsStale(items, i, records.Count, texts) ? 1 : 0;
        }

        writer.Finish();
        ArrayPool<byte>.Shared.Return(texts);
        ArrayPool<Item>.Shared.Return(items);
        return stale;
    }

    /// <summary>The part of a key.</summary>
    public static byte PartOf(string key) => (byte)StableHash.Of(key, PartCount);

    private static byte[] Encode(IReadOnlyList<CuratedRecord> records, Item[] items)
    {
        int length = 8;
        foreach (CuratedRecord record in records)
            length += (record.Key.Length + record.Version.Length) * 3;
        byte[] texts = ArrayPool<byte>.Shared.Rent(length);
        int used = 0, same = int.MaxValue;
        for (int i = 0; i < records.Count; i++)
        {
            int key = Encoding.UTF8.GetBytes(records[i].Key, texts.AsSpan(used));
            int version = Encoding.UTF8.GetBytes(records[i].Version, texts.AsSpan(used + key));
            same = Math.Min(same, texts.AsSpan(0, i == 0 ? key : items[0].KeyLength).CommonPrefixLength(texts.AsSpan(used, key)));
            items[i] = new Item((byte)StableHash.Of(texts.AsSpan(used, key), PartCount), 0, used, key, version, i);
            used += key + version;
        }

        for (int i = 0; i < records.Count; i++)
            items[i] = items[i] with { Start = StartOf(KeyOf(items[i], texts)[same..]) };
        return texts;
    }

    private static ulong StartOf(ReadOnlySpan<byte> key)
    {
        ulong start = 0;
        for (int i = 0; i < 8; i++)
            start = (start << 8) | (i < key.Length ? key[i] : 0u);
        return start;
    }

    private static int Compare(in Item one, in Item other, byte[] texts)
    {
        if (one.Part != other.Part)
            return one.Part.CompareTo(other.Part);
        if (one.Start != other.Start)
            return one.Start.CompareTo(other.Start);
        int order = KeyOf(one, texts).SequenceCompareTo(KeyOf(other, texts));
        if (order == 0)
            order = VersionOf(one, texts).SequenceCompareTo(VersionOf(other, texts));
        return order == 0 ? one.Index.CompareTo(other.Index) : order;
    }

    private static bool IsSame(in Item one, in Item other, byte[] texts, bool withVersion) =>
        one.Start == other.Start && KeyOf(one, texts).SequenceEqual(KeyOf(other, texts))
        && (!withVersion || VersionOf(one, texts).SequenceEqual(VersionOf(other, texts)));

    // Whether one of a greater version of the same key came before it.
    private static bool IsStale(Item[] items, int index, int count, byte[] texts)
    {
        for (int i = index + 1; i < count && IsSame(items[index], items[i], texts, withVersion: false); i++)
        {
            if (items[i].Index < items[index].Index && !VersionOf(items[i], texts).SequenceEqual(VersionOf(items[index], texts)))
                return true;
        }

        return false;
    }

    private static void Write(in Item item, CuratedRecord record, byte[] texts, BlockWriter writer)
    {
        int length = SegmentEntry.HeadLength + item.KeyLength + item.VersionLength + record.Json.Length;
        Span<byte> entry = writer.GetSpan(length)[..length];
        long from = (record.ValidFrom ?? CuratedVersion.TimeOf(record.Version)).UtcTicks;
        SegmentEntry.WriteHead(entry, item.Part, record.IsDeletion, item.KeyLength, item.VersionLength, record.Json.Length, from);
        texts.AsSpan(item.Key, item.KeyLength + item.VersionLength).CopyTo(entry[SegmentEntry.HeadLength..]);
        record.Json.Span.CopyTo(entry[(SegmentEntry.HeadLength + item.KeyLength + item.VersionLength)..]);
        writer.Advance(length);
    }

    private static ReadOnlySpan<byte> KeyOf(in Item item, byte[] texts) => texts.AsSpan(item.Key, item.KeyLength);

    private static ReadOnlySpan<byte> VersionOf(in Item item, byte[] texts) => texts.AsSpan(item.Key + item.KeyLength, item.VersionLength);
}

using System.Numerics;

namespace Penstock.Simulator;

/// <summary>Which records of a dataset were served: one bit a record, kept only around those that were.</summary>
internal sealed class ServedRecords
{
    private const int BlockSize = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, ulong[]> _blocks = [];
    private long _served;

    public void Add(long first, long length)
    {
        lock (_lock)
        {
            _served += length;
            for (var index = first; index < first + length;)
            {
                var bit = (int)(index & 63);
                var width = (int)Math.Min(64 - bit, first + length - index);
                Block(index / BlockSize)[index % BlockSize / 64] |= (width == 64 ? ulong.MaxValue : (1UL << width) - 1) << bit;
                index += width;
            }
        }
    }

    public DatasetStatistics Snapshot()
    {
        lock (_lock) return new(_served, _blocks.Values.Sum(block => block.Sum(word => (long)BitOperations.PopCount(word))));
    }

    public IEnumerable<long> Indexes()
    {
        KeyValuePair<long, ulong[]>[] blocks;
        lock (_lock) blocks = [.. _blocks.Select(block => KeyValuePair.Create(block.Key, block.Value.ToArray()))];
        foreach (var (block, bits) in blocks)
        {
            for (var index = 0; index < BlockSize; index++)
            {
                if ((bits[index / 64] >> (index & 63) & 1) != 0) yield return block * BlockSize + index;
            }
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _served = 0;
            _blocks.Clear();
        }
    }

    private ulong[] Block(long number)
    {
        if (!_blocks.TryGetValue(number, out var bits)) _blocks[number] = bits = new ulong[BlockSize / 64];
        return bits;
    }
}

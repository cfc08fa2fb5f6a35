using System.Numerics;

namespace Penstock.Simulator;

/// <summary>Which records of a dataset were served: one bit a record, so that millions can be told apart.</summary>
internal sealed class ServedRecords(long count)
{
    private readonly Lock _lock = new();
    private readonly ulong[] _bits = new ulong[(count + 63) / 64];
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
                _bits[index >> 6] |= (width == 64 ? ulong.MaxValue : (1UL << width) - 1) << bit;
                index += width;
            }
        }
    }

    public DatasetStatistics Snapshot()
    {
        lock (_lock) return new(_served, _bits.Sum(word => (long)BitOperations.PopCount(word)));
    }

    public IEnumerable<long> Indexes()
    {
        ulong[] bits;
        lock (_lock) bits = [.. _bits];
        for (long index = 0; index < count; index++)
        {
            if ((bits[index >> 6] >> (int)(index & 63) & 1) != 0) yield return index;
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _served = 0;
            Array.Clear(_bits);
        }
    }
}

namespace Penstock.Pipelines.Sources;

/// <summary>Chance for several threads: .NET's own <see cref="Random"/> with a seed is for one only.</summary>
/// <param name="inner">The chance.</param>
internal sealed class LockedRandom(Random inner) : Random(0)
{
    private readonly Lock _lock = new();

    public override int Next()
    {
        lock (_lock)
            return inner.Next();
    }

    public override int Next(int maxValue)
    {
        lock (_lock)
            return inner.Next(maxValue);
    }

    public override int Next(int minValue, int maxValue)
    {
        lock (_lock)
            return inner.Next(minValue, maxValue);
    }

    public override long NextInt64()
    {
        lock (_lock)
            return inner.NextInt64();
    }

    public override long NextInt64(long maxValue)
    {
        lock (_lock)
            return inner.NextInt64(maxValue);
    }

    public override long NextInt64(long minValue, long maxValue)
    {
        lock (_lock)
            return inner.NextInt64(minValue, maxValue);
    }

    public override float NextSingle()
    {
        lock (_lock)
            return inner.NextSingle();
    }

    public override double NextDouble()
    {
        lock (_lock)
            return inner.NextDouble();
    }

    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        lock (_lock)
            inner.NextBytes(buffer);
    }
}

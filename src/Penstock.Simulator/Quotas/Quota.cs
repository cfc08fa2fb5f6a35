using System.Text.Json.Serialization;

namespace Penstock.Simulator;

/// <summary>A limit on the calls of one key.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(FixedWindow), "fixedWindow")]
[JsonDerivedType(typeof(MovingWindow), "movingWindow")]
[JsonDerivedType(typeof(TokenBucket), "tokenBucket")]
[JsonDerivedType(typeof(Concurrency), "concurrency")]
public abstract record Quota
{
    private Quota() { }

    /// <summary>What the headers call it; unique among the quotas of one simulator.</summary>
    public abstract string Name { get; init; }

    internal abstract void Validate();

    /// <summary>At most <paramref name="Calls"/> in each window; windows start at whole multiples of their length since 1970.</summary>
    public sealed record FixedWindow(int Calls, TimeSpan Window) : Quota
    {
        /// <inheritdoc/>
        public override string Name { get; init; } = "fixed";

        internal override void Validate() { Check.Positive(Calls); Check.Positive(Window); }
    }

    /// <summary>At most <paramref name="Calls"/> in any stretch of time as long as the window.</summary>
    public sealed record MovingWindow(int Calls, TimeSpan Window) : Quota
    {
        /// <inheritdoc/>
        public override string Name { get; init; } = "moving";

        internal override void Validate() { Check.Positive(Calls); Check.Positive(Window); }
    }

    /// <summary>A bucket of <paramref name="Capacity"/> calls, full at first, that gains <paramref name="PerSecond"/> calls a second.</summary>
    public sealed record TokenBucket(int Capacity, double PerSecond) : Quota
    {
        /// <inheritdoc/>
        public override string Name { get; init; } = "bucket";

        internal override void Validate()
        {
            Check.Positive(Capacity);
            Check.That(PerSecond > 0 && double.IsFinite(PerSecond), nameof(PerSecond), PerSecond, "more than zero");
        }
    }

    /// <summary>At most <paramref name="Calls"/> under way at once.</summary>
    public sealed record Concurrency(int Calls) : Quota
    {
        /// <inheritdoc/>
        public override string Name { get; init; } = "concurrency";

        internal override void Validate() => Check.Positive(Calls);
    }
}

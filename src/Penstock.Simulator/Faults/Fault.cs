using System.Text.Json.Serialization;

namespace Penstock.Simulator;

/// <summary>One way for a call to go wrong.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ServerError), "serverError")]
[JsonDerivedType(typeof(Delay), "delay")]
[JsonDerivedType(typeof(SlowBody), "slowBody")]
[JsonDerivedType(typeof(CutBody), "cutBody")]
[JsonDerivedType(typeof(ErrorBody), "errorBody")]
public abstract record Fault
{
    private Fault() { }

    internal abstract void Validate();

    /// <summary>Answers with this status, 503 by default, and a JSON problem.</summary>
    public sealed record ServerError(int Status = 503) : Fault
    {
        /// <summary>Sent as <c>Retry-After</c> in seconds; null, the default, sends none.</summary>
        public TimeSpan? RetryAfter { get; init; }

        internal override void Validate() => Check.That(Status is >= 400 and <= 599, nameof(Status), Status, "from 400 to 599");
    }

    /// <summary>The right answer, but it starts only after <paramref name="Before"/>.</summary>
    public sealed record Delay(TimeSpan Before) : Fault
    {
        internal override void Validate() => Check.Positive(Before);
    }

    /// <summary>The right answer, with a pause of <paramref name="Pause"/> before every <paramref name="Bytes"/> of the body.</summary>
    public sealed record SlowBody(TimeSpan Pause, int Bytes = 16 * 1024) : Fault
    {
        internal override void Validate() { Check.Positive(Pause); Check.Positive(Bytes); }
    }

    /// <summary>The connection is aborted after <paramref name="AfterBytes"/> of the body, or just before its end if it is shorter.</summary>
    public sealed record CutBody(int AfterBytes = 512) : Fault
    {
        internal override void Validate() => Check.That(AfterBytes >= 0, nameof(AfterBytes), AfterBytes, "0 or more");
    }

    /// <summary>Answers 200 with an error in the body: <c>{"error":{"code":"internal","message":…}}</c>.</summary>
    public sealed record ErrorBody(string Message = "Something went wrong.") : Fault
    {
        internal override void Validate() { }
    }
}

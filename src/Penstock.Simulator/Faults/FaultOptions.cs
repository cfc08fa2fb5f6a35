namespace Penstock.Simulator;

/// <summary>When calls go wrong, and how. Only calls that passed the keys and the quotas are counted here.</summary>
public sealed record FaultOptions
{
    /// <summary>The chance, from 0 to 1, that a call starts a burst. Default 0.</summary>
    public double Probability { get; init; }

    /// <summary>How many calls in a row a burst spoils. Default 1.</summary>
    public int BurstLength { get; init; } = 1;

    /// <summary>What a burst may be; one is drawn for each. Default: a 503.</summary>
    public IReadOnlyList<Fault> Kinds { get; init; } = [new Fault.ServerError()];

    /// <summary>Call number (from 1) to what happens to it; it goes before chance, and null means that nothing happens.</summary>
    public IReadOnlyDictionary<long, Fault?> Script { get; init; } = new Dictionary<long, Fault?>();

    internal void Validate()
    {
        Check.That(Probability is >= 0 and <= 1, nameof(Probability), Probability, "from 0 to 1");
        Check.Positive(BurstLength);
        Check.That(Probability == 0 || Kinds.Count > 0, nameof(Kinds), "empty", "at least one fault when there is a chance of one");
        Check.That(Script.Keys.All(number => number > 0), nameof(Script), "numbered from 0 or less", "numbered from 1");
        foreach (var fault in Kinds) fault.Validate();
        foreach (var fault in Script.Values) fault?.Validate();
    }
}

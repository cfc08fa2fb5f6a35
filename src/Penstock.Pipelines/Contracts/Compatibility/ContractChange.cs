namespace Penstock.Pipelines.Contracts.Compatibility;

/// <summary>A change of a contract.</summary>
/// <param name="Path">Where: a property's path, or what of the document.</param>
/// <param name="Change">What changed.</param>
/// <param name="BreaksBackward">Whether records that kept the old contract may break the new one.</param>
/// <param name="BreaksForward">Whether records that keep the new contract may break the old one.</param>
/// <param name="Why">Why.</param>
public sealed record ContractChange(string Path, string Change, bool BreaksBackward, bool BreaksForward, string Why);

/// <summary>How a new contract fits with the data and the readers of the old one.</summary>
public enum Compatibility
{
    /// <summary>Neither.</summary>
    None,

    /// <summary>Records that kept the old contract keep the new one: old data needs no quarantine.</summary>
    Backward,

    /// <summary>Records that keep the new contract keep the old one: whoever relies on the old one goes on.</summary>
    Forward,

    /// <summary>Both.</summary>
    Full,
}

/// <summary>The changes between two contracts.</summary>
/// <param name="Changes">The changes, in the order of the properties.</param>
public sealed record ContractDiff(IReadOnlyList<ContractChange> Changes)
{
    /// <summary>What they come to.</summary>
    public Compatibility Compatibility => (Changes.Any(change => change.BreaksBackward), Changes.Any(change => change.BreaksForward)) switch
    {
        (false, false) => Compatibility.Full,
        (false, true) => Compatibility.Backward,
        (true, false) => Compatibility.Forward,
        _ => Compatibility.None,
    };

    /// <summary>Whether they are at least so compatible.</summary>
    public bool Keeps(Compatibility required) => Compatibility == Compatibility.Full || required == Compatibility.None || Compatibility == required;
}

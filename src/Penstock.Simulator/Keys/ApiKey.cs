namespace Penstock.Simulator;

/// <summary>A credential of the simulated API.</summary>
/// <param name="Name">What statistics and logs call it; never secret.</param>
/// <param name="Value">The secret itself.</param>
public sealed record ApiKey(string Name, string Value)
{
    /// <summary>The first path segments it may read, such as <c>projects</c> or <c>fdsnws</c>; null, the default, is all of them. Others answer 403.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }

    /// <summary>A revoked key answers 403. Default false.</summary>
    public bool Revoked { get; init; }

    /// <summary>The name, never the value.</summary>
    public override string ToString() => $"ApiKey {Name}";
}

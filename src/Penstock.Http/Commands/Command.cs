namespace Penstock.Http.Commands;

/// <summary>How a request that changes something is handled.</summary>
/// <param name="Action">What it does, as the activity log names it: the endpoint's name.</param>
internal sealed record Command(string Action)
{
    /// <summary>The most bytes that its body may have; default 64 KiB.</summary>
    public int MaxBytes { get; init; } = 64 * 1024;

    /// <summary>Whether its body may be read in the activity log: not where it may hold records.</summary>
    public bool IsLogged { get; init; } = true;

    /// <summary>Whether what it does finds its key again by itself, which lasts for ever.</summary>
    public bool KeepsItsKey { get; init; }
}

namespace Penstock.Emulators;

/// <summary>Which emulators to start, and how.</summary>
public sealed record EmulatorOptions
{
    /// <summary>The folder with <c>package.json</c>, which pins the emulators. By default it is looked for from the program's folder upwards.</summary>
    public string? PackageFolder { get; init; }

    /// <summary>Where Azurite keeps its data; null keeps it in memory. The Cosmos DB emulator always keeps its own in memory.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Whether to start Azurite (blobs and queues).</summary>
    public bool Storage { get; init; } = true;

    /// <summary>Whether to start the Cosmos DB emulator.</summary>
    public bool Cosmos { get; init; } = true;

    /// <summary>Told what takes a while, in a sentence.</summary>
    public Action<string>? Progress { get; init; }
}

using Penstock.Connectors.Manifests;
using Penstock.Connectors.Streams;

namespace Penstock.Connectors;

/// <summary>A connector bound to a config: its streams can be planned and read.</summary>
public sealed class ConnectorSource
{
    private readonly StreamChecks _checks;

    internal ConnectorSource(
        IReadOnlyList<IStream> streams, IReadOnlyList<BlockedStream> blocked, IReadOnlyDictionary<string, IReadOnlySet<string>> dynamicStreams, StreamChecks checks)
    {
        DynamicStreams = dynamicStreams;
        (Streams, Blocked) = (streams, blocked);
        _checks = checks;
    }

    /// <summary>The streams that run, in the manifest's order.</summary>
    public IReadOnlyList<IStream> Streams { get; }

    /// <summary>The streams that don't, and why.</summary>
    public IReadOnlyList<BlockedStream> Blocked { get; }

    /// <summary>The names of the streams that each dynamic stream gave.</summary>
    internal IReadOnlyDictionary<string, IReadOnlySet<string>> DynamicStreams { get; }

    /// <summary>Reads a page of the streams that the manifest names for checking.</summary>
    /// <param name="cancellationToken">Ends the check.</param>
    public ValueTask<CheckResult> CheckAsync(CancellationToken cancellationToken = default) => _checks.RunAsync(this, cancellationToken);
}

/// <summary>A stream that can't run.</summary>
/// <param name="Name">The stream's name.</param>
/// <param name="Problems">Why not.</param>
public sealed record BlockedStream(string Name, IReadOnlyList<BuildProblem> Problems);

/// <summary>What a check gave.</summary>
public abstract record CheckResult
{
    private protected CheckResult() { }
}

/// <summary>The source answers with this config.</summary>
public sealed record CheckPassed : CheckResult
{
    /// <summary>The one instance.</summary>
    public static CheckPassed Instance { get; } = new();
}

/// <summary>The source doesn't answer with this config, or a stream to check doesn't run.</summary>
/// <param name="Reason">Why, in words for the config's owner.</param>
public sealed record CheckFailed(string Reason) : CheckResult;

/// <summary>The quota or the source asks to wait.</summary>
/// <param name="Until">When to check again.</param>
/// <param name="Reason">Why.</param>
public sealed record CheckWaits(DateTimeOffset Until, string Reason) : CheckResult;

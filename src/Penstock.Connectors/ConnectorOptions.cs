using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Penstock.Connectors.Authentication;
using Penstock.Connectors.Budgets;
using Penstock.Connectors.Http;
using Penstock.Connectors.Retrieval;

namespace Penstock.Connectors;

/// <summary>What a connector needs from the world around it.</summary>
public sealed record ConnectorOptions
{
    /// <summary>Which hosts may be called. Any with a public address by default. Not used if <see cref="Transport"/> is given.</summary>
    public HostPolicy Hosts { get; init; } = HostPolicy.AnyPublic;

    /// <summary>Sends calls; null for a transport of its own that keeps to <see cref="Hosts"/>.</summary>
    public HttpTransport? Transport { get; init; }

    /// <summary>The clock of windows and of templates. The system's by default.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Chance, for the jitter of waits and for ids; seed it to repeat a run. Required.</summary>
    public required Random Random { get; init; }

    /// <summary>Makes the credential's budget from the limits that the manifest declares; null for one within this process.</summary>
    public Func<BudgetRules, IRateBudget>? Budget { get; init; }

    /// <summary>How slices are read: what waits are awaited in place, and how much memory a page may take.</summary>
    public ReadingOptions Reading { get; init; } = new();

    /// <summary>Keeps tokens that the source renewed; null if they may be forgotten.</summary>
    public ITokenStore? Tokens { get; init; }

    /// <summary>Whether fields that the config lacks get the specification's defaults. True by default.</summary>
    public bool FillsDefaults { get; init; } = true;

    /// <summary>Gets warnings about the manifest. Nowhere by default.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}

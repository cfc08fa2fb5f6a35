namespace Penstock.Pipelines.Watching.Notices;

/// <summary>Who hears of alerts.</summary>
/// <param name="Webhook">An address, or <c>secret:NAME</c> of one; null for nobody.</param>
/// <param name="Sign">The name of the secret that signs what is sent; null for no signature.</param>
public sealed record AlertTarget(string? Webhook, string? Sign)
{
    /// <summary>Nobody.</summary>
    public static AlertTarget None { get; } = new(null, null);
}

/// <summary>Who hears of alerts that are of no pipeline, or of one that names nobody.</summary>
public sealed record AlertOptions
{
    /// <summary>Nobody, by default.</summary>
    public AlertTarget Target { get; init; } = AlertTarget.None;

    /// <summary>What the environment says: <c>PENSTOCK_ALERTS_WEBHOOK</c> and <c>PENSTOCK_ALERTS_SIGN</c>, as in a pipeline's <c>monitors</c>.</summary>
    public static AlertOptions FromEnvironment() => new()
    {
        Target = new AlertTarget(Environment.GetEnvironmentVariable("PENSTOCK_ALERTS_WEBHOOK"), Environment.GetEnvironmentVariable("PENSTOCK_ALERTS_SIGN")),
    };
}

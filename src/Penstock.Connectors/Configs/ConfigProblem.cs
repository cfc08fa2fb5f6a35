namespace Penstock.Connectors.Configs;

/// <summary>Something in a config that doesn't fit the connector's specification. Never the value itself: it may be a secret.</summary>
/// <param name="Path">The place in the config, for example <c>credentials.client_id</c>; empty for the whole.</param>
/// <param name="Message">What is wrong and what is expected.</param>
public sealed record ConfigProblem(string Path, string Message)
{
    /// <summary>One line.</summary>
    public override string ToString() => Path.Length > 0 ? $"config {Path}: {Message}" : $"config: {Message}";
}

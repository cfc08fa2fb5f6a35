namespace Penstock.Infra.Settings;

/// <summary>A setting that can't be used: which, what it says, and what it may say.</summary>
/// <param name="Key">The key without <c>penstock:</c>.</param>
/// <param name="Value">What it says; null if it is missing.</param>
/// <param name="Allowed">What it may say.</param>
internal sealed record SettingsProblem(string Key, string? Value, string Allowed)
{
    public override string ToString() =>
        Value is null ? $"penstock:{Key} is missing. {Allowed}" : $"penstock:{Key} is '{Value}'. {Allowed}";
}

/// <summary>The settings are wrong; nothing was created.</summary>
internal sealed class SettingsException(string stack, IReadOnlyList<SettingsProblem> problems)
    : Exception($"Nothing was created: the configuration of the stack '{stack}' (Pulumi.{stack}.yaml) has {problems.Count} problem(s).\n" + string.Join('\n', problems))
{
    public IReadOnlyList<SettingsProblem> Problems { get; } = problems;
}

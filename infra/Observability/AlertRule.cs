namespace Penstock.Infra.Observability;

/// <summary>A question to the logs, asked again and again, whose answer should be none.</summary>
/// <param name="Name">The rule's name; <c>docs/deploy.md</c> has a section of that name that says what to do.</param>
/// <param name="Severity">0 to 4: 1 loses data or money by the hour, 2 breaks a promise, 3 wants a look.</param>
/// <param name="Summary">What it means, in the alert itself.</param>
/// <param name="Query">The question, in KQL: each row is a finding.</param>
/// <param name="EveryMinutes">How often it is asked: 5, 10, 15, 30 or 60; the oftener the dearer.</param>
/// <param name="WindowMinutes">How far it looks back.</param>
/// <param name="SilenceIsBad">Whether no row is the finding.</param>
internal sealed record AlertRule(
    string Name, int Severity, string Summary, string Query, int EveryMinutes = 15, int WindowMinutes = 15, bool SilenceIsBad = false);

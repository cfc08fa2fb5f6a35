using Penstock.Infra.Graph;
using Penstock.Infra.Observability;

namespace Penstock.Infra.Tests;

public sealed class ObservabilityTests
{
    [Theory, MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public async Task every_service_sends_its_diagnostics(string stack)
    {
        StackGraph graph = await Stacks.NamedAsync(stack);
        string[] logged = [.. graph.OfType("monitor:DiagnosticSetting").Select(one => one.Text("resourceUri")!)];
        string[] services = ["storage:StorageAccount", "cosmosdb:DatabaseAccount", "eventhub:Namespace", "keyvault:Vault", "web:WebApp"];
        foreach (GraphResource service in services.SelectMany(graph.OfType))
            Assert.Contains(logged, uri => uri == service.Id || uri.StartsWith(service.Id + "/", StringComparison.Ordinal));
        string workspace = Assert.Single(graph.OfType("operationalinsights:Workspace")).Id;
        Assert.All(graph.OfType("monitor:DiagnosticSetting"), one =>
        {
            Assert.Equal(workspace, one.Text("workspaceId"));
            Assert.NotEmpty(one.List("logs"));
        });
    }

    [Theory, MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public async Task every_alert_tells_somebody_and_has_its_page_in_the_runbook(string stack)
    {
        StackGraph graph = await Stacks.NamedAsync(stack);
        string group = Assert.Single(graph.OfType("monitor:ActionGroup")).Id;
        string runbook = await File.ReadAllTextAsync(Path.Combine(Stacks.Repository, "docs", "deploy.md"));
        GraphResource[] alerts = [.. graph.OfType("monitor:ScheduledQueryRule"), .. graph.OfType("monitor:MetricAlert")];
        Assert.Equal(AlertRules.Always.Count + 3, alerts.Length);
        Assert.All(alerts, alert =>
        {
            Assert.Contains(group, Texts.Of(alert.Find("actions")));
            string heading = alert.Name.StartsWith("freshness-", StringComparison.Ordinal) ? "freshness-PIPELINE" : alert.Name;
            Assert.Contains($"\n### {heading}\n", runbook, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task what_the_alerts_look_for_is_what_the_code_logs()
    {
        string code = string.Join('\n', Directory.EnumerateFiles(Path.Combine(Stacks.Repository, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText));
        await Task.CompletedTask;
        foreach (string text in new[] { "became the dead letter", "couldn't be landed", "can't be verified: there is no secret", "record SliceFailed", "record SliceDeferred", "Planning {Pipeline}/{Stream} run {Run} failed;", "$\"ALERT {kind} {subject}: ", "Extract {Pipeline}/{Stream} run {Run} slice {Slice}: {Outcome}", "Function(\"Watch\")", "Kind => \"freshness\"", "Kind = \"deadletters\"" })
            Assert.Contains(text, code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_costs_have_a_cap_for_logs_and_a_budget()
    {
        StackGraph graph = await Stacks.ProdAsync();
        Assert.Equal(10.0, graph.Single("logs").Find("workspaceCapping.dailyQuotaGb"));
        GraphResource budget = graph.Single("budget");
        Assert.Equal(1500.0, budget.Find("amount"));
        Assert.Equal("2026-12-01T00:00:00Z", budget.Text("timePeriod.startDate"));
        Assert.EndsWith("/resourceGroups/rg-penstock-prod-a01", budget.Text("scope"), StringComparison.Ordinal);
    }

    [Fact]
    public void the_workbook_is_json_whose_queries_name_tables_of_application_insights()
    {
        using System.Text.Json.JsonDocument workbook = System.Text.Json.JsonDocument.Parse(HealthWorkbook.Content());
        string[] queries = [.. workbook.RootElement.GetProperty("items").EnumerateArray()
            .Where(item => item.GetProperty("type").GetInt32() == 3).Select(item => item.GetProperty("content").GetProperty("query").GetString()!)];
        Assert.Equal(7, queries.Length);
        Assert.All(queries, query => Assert.Matches("^App(Traces|Requests|Exceptions) \\|", query));
    }
}

using Penstock.Infra.Settings;

namespace Penstock.Infra.Tests;

public sealed class SettingsTests
{
    private static readonly Dictionary<string, string> Good = new()
    {
        ["environment"] = "dev",
        ["location"] = "westeurope",
        ["suffix"] = "a01",
        ["owner"] = "data",
        ["alertEmails"] = "a@example.com",
        ["budgetFrom"] = "2026-12-01",
    };

    [Fact]
    public void a_stack_needs_six_values_and_has_defaults_for_the_rest()
    {
        StackSettings settings = SettingsReader.Read("dev", Good);
        Assert.Equal("serverless", settings.Cosmos.Capacity);
        Assert.Equal(40, settings.Function.MaximumInstances);
        Assert.False(settings.Protect);
    }

    [Fact]
    public void production_has_defaults_of_its_own_that_can_be_changed()
    {
        StackSettings settings = SettingsReader.Read("prod", new Dictionary<string, string>(Good) { ["environment"] = "prod", ["cosmosMaximumThroughput"] = "10000" });
        Assert.True(settings.Protect);
        Assert.Equal("ZRS", settings.Storage.Replication);
        Assert.Equal("autoscale", settings.Cosmos.Capacity);
        Assert.Equal(10_000, settings.Cosmos.MaximumThroughput);
    }

    [Theory]
    [InlineData("environment", "qa", "Write dev or prod.")]
    [InlineData("location", "West Europe", "az account list-locations")]
    [InlineData("suffix", "toolong1", "3 to 6 lower-case letters and digits")]
    [InlineData("alertEmails", "nobody", "e-mail addresses")]
    [InlineData("budgetFrom", "2026-12-15", "first day of a month")]
    [InlineData("budgetPerMonth", "1e3", "from 1 to 1000000")]
    [InlineData("functionMemoryMb", "1024", "Write 512 or 2048 or 4096.")]
    [InlineData("functionMaximumInstances", "39", "from 40 to 1000")]
    [InlineData("storageReplication", "RAGRS", "Write LRS or ZRS or GRS or GZRS.")]
    [InlineData("ledgerRetentionDays", "30", "at least rawRetentionDays (90)")]
    [InlineData("cosmosCapacity", "provisioned", "Write serverless or autoscale.")]
    [InlineData("cosmosMaximumThroughput", "1500", "in steps of 1000")]
    [InlineData("eventHubsCapacity", "3", "at least eventHubsCapacity (3)")]
    [InlineData("eventHubsRetentionHours", "169", "from 1 to 168")]
    [InlineData("privateNetwork", "yes", "Write true or false.")]
    [InlineData("addressSpace", "8.8.8.0/24", "a private network")]
    [InlineData("secretOfficers", "alice", "object ids")]
    [InlineData("eventSenders", "orders", "hub=object id")]
    [InlineData("cosmosCapacty", "serverless", "There is no such setting.")]
    public void a_wrong_value_says_what_is_allowed(string key, string value, string allowed)
    {
        var error = Assert.Throws<SettingsException>(() => SettingsReader.Read("dev", new Dictionary<string, string>(Good) { [key] = value }));
        SettingsProblem problem = Assert.Single(error.Problems);
        Assert.Contains(allowed, problem.Allowed, StringComparison.Ordinal);
        Assert.Contains("Nothing was created", error.Message, StringComparison.Ordinal);
        Assert.Contains("Pulumi.dev.yaml", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task lifting_the_protection_changes_nothing_else()
    {
        // Azure refuses to change a vault's retention: an earlier version tied it to the protection, and a stack couldn't be torn down.
        Graph.StackGraph held = await Stacks.ProdAsync();
        Graph.StackGraph free = await Stacks.DeclareAsync("prod", values => values["protect"] = "false");
        Assert.Equal(held.Resources.SelectMany(one => Flat.Of(one.Inputs)), free.Resources.SelectMany(one => Flat.Of(one.Inputs)));
    }

    [Fact]
    public void one_instance_cannot_be_in_two_zones()
    {
        var error = Assert.Throws<SettingsException>(() => SettingsReader.Read(
            "dev", new Dictionary<string, string>(Good) { ["storageReplication"] = "ZRS", ["functionAlwaysReady"] = "1" }));
        Assert.Equal("functionAlwaysReady", Assert.Single(error.Problems).Key);
    }

    [Fact]
    public void every_problem_is_told_at_once()
    {
        var error = Assert.Throws<SettingsException>(() => SettingsReader.Read("dev", new Dictionary<string, string> { ["environment"] = "dev", ["budgetPerMonth"] = "0" }));
        Assert.Equal(
            ["alertEmails", "budgetFrom", "budgetPerMonth", "location", "owner", "suffix"],
            error.Problems.Select(problem => problem.Key).Order(StringComparer.Ordinal));
    }
}

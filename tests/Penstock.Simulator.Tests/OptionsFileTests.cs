using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Penstock.Simulator.Tests;

public sealed partial class OptionsFileTests
{
    [Fact]
    public void the_document_in_the_readme_is_read()
    {
        var json = JsonBlock().Match(File.ReadAllText(Readme())).Groups["json"].Value;

        var options = SimulatorOptions.Parse(json, "options.json");

        Assert.Equal((5050, 7, 1000), (options.Port, options.Seed, options.LogSize));
        Assert.Equal(KeyPlaces.Header | KeyPlaces.Bearer, options.Keys.Places);
        Assert.Equal(
            [new Quota.FixedWindow(100, TimeSpan.FromMinutes(1)), new Quota.MovingWindow(10, TimeSpan.FromSeconds(1)), new Quota.TokenBucket(20, 5), new Quota.Concurrency(4)],
            options.Quotas);
        Assert.Equal((RetryAfterForm.Date, ResetForm.EpochSeconds), (options.RateLimitHeaders.RetryAfter, options.RateLimitHeaders.XRateLimit));
        var tasks = Assert.Single(Assert.Single(options.Datasets).Children);
        Assert.Equal(("tasks", PagingStyle.Cursor, 100), (tasks.Name, tasks.Paging, tasks.PageSize));
        Assert.Equal([BadRecord.WrongType, BadRecord.MissingKey], tasks.BadKinds);
        Assert.Equal([new Fault.ServerError(502) { RetryAfter = TimeSpan.FromSeconds(2) }, new Fault.CutBody(2000)], options.Faults.Kinds);
        Assert.Equal([new Fault.ErrorBody(), new Fault.Delay(TimeSpan.FromSeconds(1)), new Fault.SlowBody(TimeSpan.FromSeconds(0.1))],
            options.Faults.Script.OrderBy(line => line.Key).Select(line => line.Value));
    }

    [Theory]
    [InlineData("""{"port": 5050""", "options.json, line 1, at $")]
    [InlineData("{\n\"prot\": 5050}", "options.json, line 2, at $.prot: there is no such option.")]
    [InlineData("{\n\n\"port\": \"much\"}", "options.json, line 3, at $.port: the value is not of the kind that this option takes.")]
    [InlineData("""{"quotas": [{"calls": 1}]}""", "options.json: a quota or a fault lacks its type.")]
    [InlineData("""{"quotas": [{"type": "fixedWindow", "calls": 1}]}""", "options.json, line 1, at $.quotas[0]")]
    [InlineData("""{"quotas": [{"type": "leaky"}]}""", "options.json, line 1, at $.quotas[0]")]
    [InlineData("""{"datasets": [{"name": "a", "paging": "sideways"}]}""", "options.json, line 1, at $.datasets[0].paging")]
    [InlineData("""{"logSize": -1}""", "LogSize is -1; it must be 0 or more.")]
    [InlineData("null", "options.json is null")]
    public void what_is_wrong_is_said_with_its_place(string json, string expected)
    {
        var problem = Assert.Throws<ArgumentException>(() => SimulatorOptions.Parse(json, "options.json"));

        Assert.StartsWith(expected, problem.Message);
    }

    [Fact]
    public void a_message_never_quotes_a_key()
    {
        var problem = Assert.Throws<ArgumentException>(() => SimulatorOptions.Parse("""{"keys": {"known": [{"name": "a", "value": "s3cret" "x"}]}}""", "options.json"));

        Assert.DoesNotContain("s3cret", problem.Message);
    }

    private static string Readme([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "src", "Penstock.Simulator", "README.md");

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex JsonBlock();
}

using System.Text.Json;
using Microsoft.Azure.Functions.Worker;

namespace Penstock.Functions.Tests;

public sealed class SettingsTests
{
    // The host reads these itself.
    private static readonly string[] HostSettings = ["AzureWebJobsStorage", "FUNCTIONS_WORKER_RUNTIME"];

    [Fact]
    public void the_sample_has_every_setting_that_is_read_and_no_other()
    {
        IEnumerable<string> disabled = Sample().Keys.Where(name => name.StartsWith("AzureWebJobs.", StringComparison.Ordinal));

        Assert.Equal([.. HostSettings.Concat(Bound()).Distinct().Order(StringComparer.Ordinal)], Sample().Keys.Except(disabled).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void the_sample_disables_only_functions_that_there_are() => Assert.All(
        Sample().Keys.Where(name => name.StartsWith("AzureWebJobs.", StringComparison.Ordinal)),
        name => Assert.Contains(name.Split('.')[1], TriggerSet.Functions.Select(TriggerSet.NameOf)));

    [Fact]
    public void the_sample_works_with_the_storage_emulator()
    {
        Assert.Equal("UseDevelopmentStorage=true", Sample()["AzureWebJobsStorage"]);
        Assert.Equal("UseDevelopmentStorage=true", Sample()["STORAGE"]);
    }

    private static IEnumerable<string> Bound()
    {
        foreach (var method in TriggerSet.Functions)
        {
            if (TriggerSet.Find<QueueTriggerAttribute>(method) is { } queue)
                yield return queue.Connection!;
            if (TriggerSet.Find<EventHubTriggerAttribute>(method) is not { } hub)
                continue;
            yield return hub.Connection!;
            yield return hub.EventHubName.Trim('%');
            yield return hub.ConsumerGroup!.Trim('%');
        }
    }

    private static Dictionary<string, string> Sample() => JsonDocument
        .Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "local.settings.sample.json"))).RootElement
        .GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!);
}

using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Penstock.Functions.Hosting;
using Penstock.Functions.Triggers;
using Penstock.Infra.Graph;
using AppCode = Penstock.Functions.Hosting.Settings;

namespace Penstock.Infra.Tests;

/// <summary>What is deployed is what the code reads.</summary>
public sealed class AppSettingsTests
{
    // What the Functions host reads by itself; the worker never sees these.
    private static readonly string[] HostsOwn =
    [
        "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId",
        "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
    ];

    private static MethodInfo[] Functions { get; } =
        [.. typeof(WorkTriggers).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)];

    [Theory, MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public async Task every_setting_that_the_code_reads_is_deployed_and_no_other(string stack)
    {
        Dictionary<string, string> deployed = Deployed(await Stacks.NamedAsync(stack));
        var asked = new Asked(deployed);
        var settings = new ConfigurationRoot([asked]);
        AppCode.ReadTelemetry(settings, AppCode.ReadAzure(settings));
        AppCode.ReadInstanceSize(settings);

        string[] read = [.. HostsOwn
            .Concat(Bindings())
            .Concat(asked.Names.Select(name => name.Replace(":", "__", StringComparison.Ordinal)).Where(name => name.Contains("__", StringComparison.Ordinal)))
            .Distinct().Order(StringComparer.Ordinal)];

        Assert.Equal(read, deployed.Keys.Where(name => !name.EndsWith(".Disabled", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Stacks.All), MemberType = typeof(Stacks))]
    public async Task the_code_accepts_what_is_deployed(string stack)
    {
        StackGraph graph = await Stacks.NamedAsync(stack);
        Penstock.Azure.AzureOptions options = AppCode.ReadAzure(new ConfigurationRoot([new Asked(Deployed(graph))]));
        Assert.Equal($"{graph.Single("data-account").Text("accountName")}.blob.core.windows.net", options.BlobServiceUri!.Host);
        Assert.EndsWith(".vault.azure.net", options.KeyVaultUri!.Host, StringComparison.Ordinal);
        Assert.Null(options.StorageEmulator);
        var settings = new ConfigurationRoot([new Asked(Deployed(graph))]);
        Assert.NotNull(AppCode.ReadTelemetry(settings, options).Identity);
        Assert.Equal(int.Parse(Deployed(graph)["INSTANCE__memoryMb"]) / 1024.0, AppCode.ReadInstanceSize(settings).Gigabytes);
    }

    [Fact]
    public async Task only_functions_without_a_hub_are_disabled()
    {
        Dictionary<string, string> deployed = Deployed(await Stacks.DevAsync());
        string[] receivers = [.. Functions.Where(IsReceiver).Select(Name).Order(StringComparer.Ordinal)];
        Assert.Equal(Data.EventStreams.MaxHubs, receivers.Length);
        Assert.Equal("orders", deployed["EVENTHUB_NAME"]);
        Assert.Equal(receivers[1..].Select(name => $"AzureWebJobs.{name}.Disabled"), deployed.Keys.Where(name => name.EndsWith(".Disabled", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task every_queue_that_a_function_reads_is_deployed_with_its_grants()
    {
        StackGraph graph = await Stacks.DevAsync();
        string[] read = [.. Functions.Select(method => Of<QueueTriggerAttribute>(method)?.QueueName).OfType<string>().Order(StringComparer.Ordinal)];
        Assert.Equal(read, graph.OfType("storage:Queue").Select(queue => queue.Text("queueName")).Order(StringComparer.Ordinal));
        Assert.All(read, queue => Assert.Equal(3, graph.OfType("authorization:RoleAssignment").Count(grant => grant.Text("scope")!.EndsWith($"/queues/{queue}", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task the_app_runs_longer_than_its_functions_may()
    {
        using System.Text.Json.JsonDocument host = System.Text.Json.JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Stacks.Repository, "host.json")));
        TimeSpan timeout = TimeSpan.Parse(host.RootElement.GetProperty("functionTimeout").GetString()!);
        // A platform update leaves an instance of Flex Consumption ten minutes.
        Assert.True(timeout <= TimeSpan.FromMinutes(10));
        Assert.True(WorkLimits.TimeLimit < timeout);
    }

    private static Dictionary<string, string> Deployed(StackGraph graph) => graph.Single("app").List("siteConfig.appSettings")
        .Cast<ImmutableDictionary<string, object>>().ToDictionary(pair => (string)pair["name"], pair => (string)pair["value"]);

    // A connection with an identity has an address, a credential and a client id.
    private static IEnumerable<string> Bindings()
    {
        foreach (MethodInfo method in Functions)
        {
            if (Of<QueueTriggerAttribute>(method) is { } queue)
            {
                foreach (string part in new[] { "queueServiceUri", "credential", "clientId" })
                    yield return $"{queue.Connection}__{part}";
            }

            if (Of<EventHubTriggerAttribute>(method) is { } hub)
            {
                yield return hub.EventHubName.Trim('%');
                yield return hub.ConsumerGroup!.Trim('%');
                foreach (string part in new[] { "fullyQualifiedNamespace", "credential", "clientId" })
                    yield return $"{hub.Connection}__{part}";
            }
        }
    }

    private static bool IsReceiver(MethodInfo method) => Of<EventHubTriggerAttribute>(method) is not null;

    private static string Name(MethodInfo method) => method.GetCustomAttribute<FunctionAttribute>()!.Name;

    private static T? Of<T>(MethodInfo method)
        where T : Attribute => method.GetParameters().Select(parameter => parameter.GetCustomAttribute<T>()).FirstOrDefault(found => found is not null);

    private sealed class Asked : ConfigurationProvider
    {
        public Asked(Dictionary<string, string> values)
        {
            foreach ((string name, string value) in values)
                Data[name.Replace("__", ":", StringComparison.Ordinal)] = value;
        }

        public List<string> Names { get; } = [];

        public override bool TryGet(string key, out string? value)
        {
            Names.Add(key);
            return base.TryGet(key, out value);
        }
    }
}

using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Cli.LocalHost;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Simulator;

namespace Penstock.Cli.Tests.Browser;

/// <summary>
/// <c>penstock up</c> with a shop's customers, pulled from the simulator (one in a hundred breaks its contract), its orders, which
/// are pushed, and a dead letter whose cause is mended.
/// </summary>
internal sealed class ConsoleWorld : IAsyncDisposable
{
    public const int Customers = 2_000;
    private readonly string _folder;
    private readonly SimulatedApi _source;
    private readonly FolderPorts _ports;
    private readonly LocalServer _server;

    private ConsoleWorld(string folder, SimulatedApi source, FolderPorts ports, LocalServer server) => (_folder, _source, _ports, _server) = (folder, source, ports, server);

    public Uri Url => _server.Url;

    public static async Task<ConsoleWorld> StartAsync(CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("penstock-console-").FullName;
        SimulatedApi source = await SimulatedApi.StartAsync(
            new SimulatorOptions
            {
                Earthquakes = null,
                Quotas = [new Quota.FixedWindow(50, TimeSpan.FromSeconds(1))],
                Datasets = [new Dataset("customers") { Count = Customers, Start = DateTimeOffset.Parse("2026-01-01T00:00:00Z"), Spacing = TimeSpan.FromMinutes(10), BadEvery = 100, BadKinds = [BadRecord.WrongType] }],
            },
            cancellationToken: cancellationToken);
        string pipelines = Path.Combine(folder, "pipelines");
        ShopPipelines.Write(pipelines, source.BaseAddress);
        await File.WriteAllTextAsync(Path.Combine(folder, "secrets.json"), """{"orders-webhook": "s3cr3t"}""", cancellationToken);
        var options = new LocalHostOptions { Pipelines = pipelines, Data = Path.Combine(folder, "data"), Secrets = Path.Combine(folder, "secrets.json"), Port = 0 };
        FolderPorts ports = FolderPorts.TryOpen(options, TimeProvider.System)!;
        LocalServer server = await LocalServer.StartAsync(options, _ => { }, ports, cancellationToken);
        var world = new ConsoleWorld(folder, source, ports, server);
        await world.PrepareAsync(cancellationToken);
        return world;
    }

    /// <summary>What is curated of a stream.</summary>
    public async Task<int> CountAsync(string pipeline, string stream, CancellationToken cancellationToken) =>
        await Get<ICuratedStore>().ReadAsync(new CuratedTable(pipeline, stream), cancellationToken).CountAsync(cancellationToken);

    public T Get<T>() where T : notnull => _server.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _ports.DisposeAsync();
        await _source.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = Url };
        for (int order = 1; order <= 20; order++)
        {
            HttpResponseMessage sent = await client.PostAsync("/orders/messages", Order($"o-{order}"), cancellationToken);
            sent.EnsureSuccessStatusCode();
        }

        await client.PostAsync("/api/pipelines/customers/runs", new StringContent("{}", Encoding.UTF8, "application/json"), cancellationToken);
        await UntilAsync(async () => await CountAsync("customers", "customers", cancellationToken) >= Customers * 9 / 10, cancellationToken);
        await UntilAsync(async () => (await client.GetStringAsync("/api/runs?pipeline=customers&status=completed", cancellationToken)).Contains("\"completed\""), cancellationToken);
        await KillOneAsync(cancellationToken);
    }

    // A raw blob is gone when its message comes, and is back afterwards: what restoring a backup looks like.
    private async Task KillOneAsync(CancellationToken cancellationToken)
    {
        const string Name = "raw/orders/orders/2026/01/01/000000000-restored.jsonl.gz";
        byte[] message = JsonSerializer.SerializeToUtf8Bytes(new { pipeline = "orders", stream = "orders", blob = Name });
        await Get<IWorkQueue>().SendAsync(QueueNames.Transform, message, cancellationToken: cancellationToken);
        await UntilAsync(async () => await Get<RunLedger>().ListDeadLettersAsync(cancellationToken).AnyAsync(cancellationToken), cancellationToken);
        using var raw = new Penstock.Pipelines.Landing.RawBlobWriter();
        raw.Add(Encoding.UTF8.GetBytes(ShopPipelines.Order("o-restored")));
        await Get<IBlobStore>().PutIfAbsentAsync(Name, raw.Finish(), cancellationToken);
    }

    private static StringContent Order(string id) => new(ShopPipelines.Order(id), Encoding.UTF8, "application/json");

    /// <summary>Waits until it is so, two minutes at most.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isTrue, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        giveUp.CancelAfter(TimeSpan.FromMinutes(2));
        while (!await isTrue())
            await Task.Delay(100, giveUp.Token);
    }
}

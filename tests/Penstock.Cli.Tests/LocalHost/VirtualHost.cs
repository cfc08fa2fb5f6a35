using Microsoft.Extensions.DependencyInjection;
using Penstock.Cli.LocalHost;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Watching;
using Penstock.Testing;

namespace Penstock.Cli.Tests.LocalHost;

/// <summary>
/// The host of <c>penstock up</c>, as it is, on a folder and under a clock that goes on only when the host has nothing left to do:
/// what takes a machine long takes no time, so that what is told after five minutes is told after five minutes everywhere.
/// </summary>
internal sealed class VirtualHost : IAsyncDisposable
{
    private const int MostSteps = 3_000;
    private const string Looked = "watch: looked";
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Bell _bell = new();
    private readonly List<(DateTimeOffset At, string Text)> _lines = [];
    private readonly Ports _ports;
    private readonly ManualTimeProvider _time;
    private LocalServer? _server;

    private VirtualHost(LocalHostOptions options, ManualTimeProvider time) => (_time, _ports) = (time, new Ports(FolderPorts.TryOpen(options, time)!, _bell));

    public HttpClient Client { get; } = new();

    /// <summary>What the host has told, and when.</summary>
    public IReadOnlyList<(DateTimeOffset At, string Text)> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    /// <summary>Starts it; the first run of what is due is over then.</summary>
    /// <param name="folder">Has the folder <c>pipelines</c>, and gets the data.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stream">The stream whose runs are waited for, as <c>PIPELINE/STREAM</c>.</param>
    public static async Task<VirtualHost> StartAsync(string folder, ManualTimeProvider time, string stream)
    {
        var options = new LocalHostOptions { Pipelines = Path.Combine(folder, "pipelines"), Data = Path.Combine(folder, "data"), Secrets = Path.Combine(folder, "secrets.json"), Port = 0 };
        var host = new VirtualHost(options, time);
        host._server = await LocalServer.StartAsync(options, host.Print, host._ports, CancellationToken.None);
        host.Client.BaseAddress = host._server.Url;
        await host.RunAsync(stream, looks: 0, runs: 0, slices: 0);
        return host;
    }

    public T Get<T>() where T : notnull => _server!.Services.GetRequiredService<T>();

    /// <summary>Goes on to the next full minute, in which Plan and Watch do their work, and until the run that begins there is curated.</summary>
    public async Task MinuteAsync(string stream)
    {
        (int looks, int runs, int slices) = (Count(Looked), Count(stream), _ports.Queue!.SentTo(QueueNames.Extract));
        DateTimeOffset now = _time.GetUtcNow();
        await GoOnAsync(now.AddTicks(Minute.Ticks - (now.Ticks % Minute.Ticks)) - now);
        await RunAsync(stream, looks, runs, slices);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server!.DisposeAsync();
        await _ports.DisposeAsync();
    }

    // Watch is through and Plan has sent its slices before the clock goes on.
    private async Task RunAsync(string stream, int looks, int runs, int slices)
    {
        await _bell.UntilAsync(() => Count(Looked) > looks && _ports.Queue!.SentTo(QueueNames.Extract) > slices);
        await UntilAsync(() => Count(stream) > runs);
    }

    private async Task UntilAsync(Func<bool> isSo)
    {
        for (int step = 0; !isSo(); step++)
        {
            Assert.True(step < MostSteps, string.Join('\n', Lines));
            await GoOnAsync(Step);
        }
    }

    private async Task GoOnAsync(TimeSpan duration)
    {
        await _ports.Queue!.QuietAsync();
        _ports.Queue.Step();
        _time.Advance(duration);
    }

    private int Count(string beginning) => Lines.Count(line => line.Text.StartsWith(beginning, StringComparison.Ordinal));

    private void Print(string line)
    {
        lock (_lock)
            _lines.Add((_time.GetUtcNow(), line));
        _bell.Ring();
    }

    /// <summary>A folder's ports, whose queue is observed; a monitor of its own says when Watch is through.</summary>
    private sealed class Ports(FolderPorts inner, Bell bell) : HostPorts
    {
        public ObservedQueue? Queue { get; private set; }

        public override void AddTo(IServiceCollection services)
        {
            inner.AddTo(services);
            services.AddSingleton<IMonitor, LookMonitor>();
            var queue = (IWorkQueue)services.Last(one => one.ServiceType == typeof(IWorkQueue)).ImplementationInstance!;
            Queue = new ObservedQueue(queue, (IWorkReceiver)queue, bell);
            services.AddSingleton<IWorkQueue>(Queue).AddSingleton<IWorkReceiver>(Queue);
        }

        public override IEnumerable<string> Places() => inner.Places();

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    /// <summary>Finds something each time: what Watch finds is told once all monitors have looked.</summary>
    private sealed class LookMonitor : IMonitor
    {
        public IAsyncEnumerable<string> LookAsync(CancellationToken cancellationToken = default) => new[] { "looked" }.ToAsyncEnumerable();
    }
}

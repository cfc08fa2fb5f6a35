using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Penstock.Simulator;

/// <summary>A SaaS API over HTTP on this machine, for demos, tests and benchmarks.</summary>
public sealed class SimulatedApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Services _services;
    private bool _disposed;

    private SimulatedApi(WebApplication app, Services services, Uri baseAddress)
    {
        _app = app;
        _services = services;
        BaseAddress = baseAddress;
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:5050/</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>What it did so far.</summary>
    public SimulatorStatistics Statistics => _services.Statistics();

    /// <summary>Starts to listen, on 127.0.0.1 only.</summary>
    /// <param name="options">What to serve.</param>
    /// <param name="time">The clock of quotas, delays and dates; the system's if null.</param>
    /// <param name="random">The chance of faults; seeded with <see cref="SimulatorOptions.Seed"/> if null.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SimulatedApi> StartAsync(
        SimulatorOptions options, TimeProvider? time = null, Random? random = null, CancellationToken cancellationToken = default)
    {
        var services = new Services(options.Validated(), time ?? TimeProvider.System, random ?? new Random(options.Seed));
        // The empty builder reads no configuration: a variable meant for a host must not move this server.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        var app = builder.Build();
        Uri? baseAddress = null;
        app.Run(http => services.AnswerAsync(new Exchange(http, baseAddress!)));
        await app.StartAsync(cancellationToken);
        baseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");
        return new SimulatedApi(app, services, baseAddress);
    }

    /// <summary>The ids of the records of a dataset that were served whole at least once, in the dataset's order.</summary>
    /// <param name="dataset">A dataset's path, such as <c>projects</c> or <c>projects/tasks</c>, or <c>earthquakes</c>.</param>
    /// <exception cref="ArgumentException">There is no such dataset.</exception>
    public IEnumerable<string> ServedIds(string dataset) => _services.ServedIds(dataset);

    /// <summary>The ids of all records of a dataset, bad ones too, in the dataset's order: what a complete extraction must have seen.</summary>
    /// <param name="dataset">A dataset's path, such as <c>projects</c> or <c>projects/tasks</c>, or <c>earthquakes</c>.</param>
    /// <exception cref="ArgumentException">There is no such dataset.</exception>
    public IEnumerable<string> AllIds(string dataset) => _services.AllIds(dataset);

    /// <summary>Forgets all statistics, gives back every quota, and starts scripts and bursts of faults again.</summary>
    public void Reset() => _services.Reset();

    /// <summary>Stops listening; calls under way are aborted.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true)) return;
        _services.Stop();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _services.Dispose();
    }
}

using System.CommandLine;
using Microsoft.AspNetCore.Builder;

namespace Penstock.Benchmarks.Reading;

/// <summary><c>serve</c>: the source, as a process of its own; it writes its address and serves until its standard input ends.</summary>
internal sealed class ServeCommand : Command
{
    public ServeCommand()
        : base("serve", "Serves generated pages on loopback, writes the address, and ends with its standard input.")
    {
        var pages = new Option<int>("--pages") { DefaultValueFactory = _ => 1_000 };
        var parents = new Option<int>("--parents") { DefaultValueFactory = _ => 100_000 };
        Add(pages);
        Add(parents);
        SetAction(async (parsed, cancellationToken) =>
        {
            await using WebApplication app = await PageServer.StartAsync(parsed.GetValue(pages), parsed.GetValue(parents));
            Console.WriteLine(app.Urls.Single());
            await Console.In.ReadToEndAsync(cancellationToken);
        });
    }
}

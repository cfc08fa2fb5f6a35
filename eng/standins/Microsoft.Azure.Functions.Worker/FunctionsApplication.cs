using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

public static class FunctionsApplication
{
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}

public sealed class FunctionsApplicationBuilder
{
    private readonly HostApplicationBuilder _builder;

    internal FunctionsApplicationBuilder(string[] args) => _builder = Host.CreateApplicationBuilder(args);

    public ConfigurationManager Configuration => _builder.Configuration;

    public IServiceCollection Services => _builder.Services;

    public ILoggingBuilder Logging => _builder.Logging;

    // The one thing that a stand-in must never do is to look like a function app that runs.
    public IHost Build() => throw new InvalidOperationException(
        "This build uses stand-ins for the Microsoft.Azure.Functions.Worker packages, which its package registry lacks; it can be tested, not run. Build it where the registry has them.");
}

using System.Collections.Concurrent;
using Azure.Core;
using Azure.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Operating;

namespace Penstock.Cli.Tests.Operating;

/// <summary>How commands are let in where they ask, against a host that writes down what it was sent.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string? Authorization, string? Key)> _sent = new();
    private readonly Dictionary<string, string> _environment = [];
    private readonly SignedIn _credential = new();
    private WebApplication _host = null!;

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _host = builder.Build();
        _host.Run(context =>
        {
            _sent.Enqueue((context.Request.Headers.Authorization, context.Request.Headers["x-functions-key"]));
            return context.Response.WriteAsJsonAsync(new { items = Array.Empty<object>(), pipelines = Array.Empty<object>(), alerts = Array.Empty<object>(), deadLetters = 0, id = "1", status = "completed", progress = new { slicesEnded = 1, slicesPlanned = 1, records = 1 } });
        });
        await _host.StartAsync();
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("runs", "list")]
    [InlineData("budget", "list")]
    [InlineData("status")]
    [InlineData("audit")]
    [InlineData("quarantine", "list")]
    [InlineData("quarantine", "replay", "--pipeline", "orders")]
    [InlineData("erase", "ada@example.com")]
    [InlineData("catalog")]
    public async Task each_command_that_asks_a_host_signs_in_as_one_is_signed_in_here(params string[] command)
    {
        await RunAsync([.. command, "--entra", "api://penstock"]);
        Assert.Equal("Bearer token-1", _sent.First().Authorization);
        Assert.Equal(["api://penstock/.default"], _credential.Scopes.Distinct());
    }

    [Theory]
    [InlineData("api://penstock", "api://penstock/.default")]
    [InlineData("api://penstock/", "api://penstock/.default")]
    [InlineData("api://penstock/.default", "api://penstock/.default")]
    [InlineData("1b4e28ba-2fa1-11d2-883f-0016d3cca427", "api://1b4e28ba-2fa1-11d2-883f-0016d3cca427/.default")]
    public void an_app_is_named_by_its_id_its_uri_or_its_scope(string app, string scope) => Assert.Equal(scope, EntraSignIn.ScopeOf(app));

    [Fact]
    public async Task a_token_is_kept_until_shortly_before_it_expires()
    {
        string[] watch = ["backfill", "start", "--pipeline", "p", "--from", "2026-01-01", "--to", "2026-01-02", "--entra", "api://penstock", "--watch"];
        await RunAsync(watch);
        Assert.Single(_credential.Scopes);
        _credential.Lifetime = TimeSpan.FromMinutes(4);
        using ApiClient client = new(_host.Urls.Select(url => new Uri(url)).Single(), null, null, new EntraSignIn(_credential, "s", TimeProvider.System) { InnerHandler = new SocketsHttpHandler() });
        await client.SendAsync(new ApiRequest("GET", "api/runs"), TestContext.Current.CancellationToken);
        await client.SendAsync(new ApiRequest("GET", "api/runs"), TestContext.Current.CancellationToken);
        Assert.Equal(3, _credential.Scopes.Count);
    }

    [Fact]
    public async Task the_environment_may_say_it_and_the_command_line_goes_before_it()
    {
        (_environment["PENSTOCK_ENTRA"], _environment["PENSTOCK_KEY"]) = ("api://penstock", "k1");
        await RunAsync("runs", "list");
        await RunAsync("runs", "list", "--token", "mine", "--key", "k2");
        Assert.Equal([("Bearer token-1", "k1"), ("Bearer mine", "k2")], _sent);
    }

    [Fact]
    public async Task who_isnt_signed_in_is_told_how_to_and_nothing_is_sent()
    {
        _credential.Fails = true;
        (int exit, string error) = await RunAsync("runs", "list", "--entra", "api://penstock");
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains("Entra ID gave no token: Nobody is signed in.", error, StringComparison.Ordinal);
        Assert.Contains("az login", error, StringComparison.Ordinal);
        Assert.DoesNotContain("second line", error, StringComparison.Ordinal);
        Assert.Empty(_sent);
    }

    private async Task<(int Exit, string Error)> RunAsync(params string[] args)
    {
        using var error = new StringWriter();
        var surroundings = new Surroundings { Out = TextWriter.Null, Error = error, Credential = () => _credential, Variable = name => _environment.GetValueOrDefault(name) };
        int exit = await PenstockCommandLine.RunAsync([.. args, "--url", _host.Urls.Single()], surroundings, TestContext.Current.CancellationToken);
        return (exit, error.ToString());
    }

    /// <summary>Somebody who is signed in, or not.</summary>
    private sealed class SignedIn : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

        public bool Fails { get; set; }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            if (Fails)
                throw new AuthenticationFailedException("Nobody is signed in.\nsecond line: every way that was tried");
            Scopes.AddRange(requestContext.Scopes);
            return new AccessToken($"token-{Scopes.Count}", DateTimeOffset.UtcNow + Lifetime);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}

using System.Diagnostics;
using Penstock.Emulators;
using Penstock.Pipelines.Ledger;

namespace Penstock.Cli.Tests.Browser;

public class ConsoleTests
{
    /// <summary>One visit in a real browser, on a wide and on a narrow screen; <c>browse.mjs</c> says what is done and looked at.</summary>
    [Fact]
    public async Task an_operator_finds_and_does_everything_in_a_browser()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        string packages = await EmulatorPackages.InstalledAsync(new EmulatorOptions(), cancellationToken);
        await using ConsoleWorld world = await ConsoleWorld.StartAsync(cancellationToken);
        var environment = new Dictionary<string, string> { ["CONSOLE_URL"] = world.Url.ToString(), ["CHROMIUM"] = Chromium.Find() };
        // Set to a folder, it makes the pictures of the documentation anew.
        if (Environment.GetEnvironmentVariable("PENSTOCK_SCREENSHOTS") is { Length: > 0 } screenshots)
            environment["SCREENSHOTS"] = screenshots;

        using Process browser = NodeProcess.Start("node", packages, [Script()], environment);
        Task<string> output = browser.StandardOutput.ReadToEndAsync(cancellationToken), errors = browser.StandardError.ReadToEndAsync(cancellationToken);
        await browser.WaitForExitAsync(cancellationToken);
        Assert.True(browser.ExitCode == 0, $"{await output}{await errors}");

        Assert.Empty(await world.Get<RunLedger>().ListDeadLettersAsync(cancellationToken).ToListAsync(cancellationToken));
        // What the dead letter was about is curated once its queue is through with it.
        await ConsoleWorld.UntilAsync(async () => await world.CountAsync("orders", "orders", cancellationToken) == 21, cancellationToken);
    }

    private static string Script()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Functions.sln")))
            folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder!, "tests", "Penstock.Cli.Tests", "Browser", "browse.mjs");
    }
}

namespace Penstock.Cli.Tests.Browser;

/// <summary>Finds a browser of the Chromium family on this machine.</summary>
internal static class Chromium
{
    private static readonly string[] Places =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/snap/bin/chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    /// <summary>Its path.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static string Find() =>
        Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } given ? given
        : Places.FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("The console is tested in a real browser, and there is none here. Install Chromium (on Debian: apt-get install chromium), or name one in the variable CHROMIUM.");
}

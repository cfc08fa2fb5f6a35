using System.Diagnostics;
using System.Text.Json;

namespace Penstock.Emulators;

/// <summary>The npm packages of the emulators, in the versions that <c>package.json</c> pins. They are installed when they are first needed.</summary>
internal static class EmulatorPackages
{
    private const string PackageName = "penstock-emulators";

    /// <summary>Gives the folder in which the packages are, installed.</summary>
    public static async Task<string> InstalledAsync(EmulatorOptions options, CancellationToken cancellationToken)
    {
        string folder = options.PackageFolder ?? Find();
        if (IsInstalled(folder))
            return folder;
        using FileStream held = await LockAsync(Path.Combine(folder, "artifacts", "emulators.lock"), cancellationToken);
        if (IsInstalled(folder))
            return folder;
        options.Progress?.Invoke("Installing the emulators (npm ci), once; this takes a minute.");
        await InstallAsync(folder, cancellationToken);
        return folder;
    }

    private static async Task InstallAsync(string folder, CancellationToken cancellationToken)
    {
        // No package of the emulators needs its install scripts.
        string[] arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        using Process npm = NodeProcess.Start(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", folder, arguments, []);
        Task<string> output = npm.StandardOutput.ReadToEndAsync(cancellationToken), errors = npm.StandardError.ReadToEndAsync(cancellationToken);
        await npm.WaitForExitAsync(cancellationToken);
        if (npm.ExitCode != 0)
            throw new InvalidOperationException($"'npm ci' failed in {folder} (exit code {npm.ExitCode}):\n{await output}{await errors}");
    }

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine(folder.FullName, "package.json");
            if (File.Exists(file) && File.ReadAllText(file).Contains($"\"{PackageName}\"", StringComparison.Ordinal))
                return folder.FullName;
        }

        throw new InvalidOperationException($"There is no package.json named '{PackageName}' above {AppContext.BaseDirectory}: the emulators run from a checkout of Penstock.");
    }

    private static bool IsInstalled(string folder)
    {
        using JsonDocument package = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "package.json")));
        return File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json"))
            && package.RootElement.GetProperty("dependencies").EnumerateObject().All(pin => Version(folder, pin.Name) == pin.Value.GetString());
    }

    private static string? Version(string folder, string package)
    {
        string file = Path.Combine(folder, "node_modules", package, "package.json");
        if (!File.Exists(file))
            return null;
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        return document.RootElement.GetProperty("version").GetString();
    }

    // Several test programs may find the packages missing at the same time.
    private static async Task<FileStream> LockAsync(string file, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (!cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(200, cancellationToken);
            }
        }
    }
}

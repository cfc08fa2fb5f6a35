using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Penstock.Emulators;

/// <summary>A Node.js program that serves until it is disposed of, or until this process dies, however it dies.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    // The other end of standard input is ours: it closes with us. Azurite then wants its interrupt, to write what it holds.
    private static readonly string s_dieWithParent = "data:text/javascript," + Uri.EscapeDataString("""
        const end = () => {
          setTimeout(() => process.exit(), 5000);
          if (process.listenerCount('SIGINT')) process.emit('SIGINT'); else process.exit();
        };
        process.stdin.resume().on('end', end).on('error', end);
        """);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private readonly Process _process;
    private readonly Dictionary<string, TaskCompletionSource<string>> _ready;
    private readonly List<string> _said = [];

    private NodeProcess(Process process, IEnumerable<string> patterns)
    {
        _process = process;
        _ready = patterns.ToDictionary(pattern => pattern, _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    /// <summary>Starts a script and waits until it has said what is expected of it.</summary>
    /// <param name="folder">The folder to run in.</param>
    /// <param name="arguments">The script and its arguments.</param>
    /// <param name="environment">Added to its environment.</param>
    /// <param name="patterns">Regular expressions for lines of its output; each with a group that is wanted.</param>
    /// <param name="cancellationToken">Ends the waiting and the process.</param>
    /// <returns>The process, and what the groups matched, in order.</returns>
    /// <exception cref="InvalidOperationException">There is no Node.js, or the script ended, or it didn't say so within three minutes.</exception>
    public static async Task<(NodeProcess Process, string[] Said)> ServeAsync(
        string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string[] patterns, CancellationToken cancellationToken)
    {
        var node = new NodeProcess(Start("node", folder, ["--import", s_dieWithParent, .. arguments], environment), patterns);
        node._process.OutputDataReceived += (_, line) => node.Hear(line.Data);
        node._process.ErrorDataReceived += (_, line) => node.Hear(line.Data);
        node._process.EnableRaisingEvents = true;
        node._process.Exited += (_, _) => _ = node.EndAsync();
        node._process.BeginOutputReadLine();
        node._process.BeginErrorReadLine();
        try
        {
            return (node, await Task.WhenAll(patterns.Select(pattern => node._ready[pattern].Task)).WaitAsync(s_patience, cancellationToken));
        }
        catch (Exception exception)
        {
            await node.DisposeAsync();
            throw exception is TimeoutException ? node.Failure($"was not ready after {s_patience.TotalSeconds} s") : exception;
        }
    }

    /// <summary>Starts a program of Node.js with its standard streams redirected.</summary>
    public static Process Start(string program, string folder, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException($"'{program}' can't be started: the emulators of Azure Storage and Cosmos DB need Node.js 20 or later. Install it (https://nodejs.org) and see that it is on the PATH.", exception);
        }
    }

    /// <summary>Closes our end of its standard input, as the system does when this process dies.</summary>
    internal void EndInput() => _process.StandardInput.Close();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            EndInput();
        using var grace = new CancellationTokenSource(s_grace, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(grace.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        lock (_said)
        {
            if (_said.Count < 100)
                _said.Add(line);
        }

        foreach (var (pattern, ready) in _ready)
        {
            if (Regex.Match(line, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(30)) is { Success: true } match)
                ready.TrySetResult(match.Groups["it"].Value);
        }
    }

    // The end may be told before the last lines are: this waits for them.
    private async Task EndAsync()
    {
        await _process.WaitForExitAsync();
        foreach (TaskCompletionSource<string> ready in _ready.Values)
            ready.TrySetException(Failure("ended"));
    }

    private InvalidOperationException Failure(string how)
    {
        lock (_said)
            return new InvalidOperationException($"'{string.Join(' ', _process.StartInfo.ArgumentList.Skip(2))}' {how}. It said:\n{string.Join('\n', _said)}");
    }
}

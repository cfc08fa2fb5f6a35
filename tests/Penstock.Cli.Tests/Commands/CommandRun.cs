using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Penstock.Cli.CommandLine;
using Penstock.Testing;

namespace Penstock.Cli.Tests.Commands;

/// <summary>Runs commands in this process, in a folder of their own.</summary>
internal sealed class CommandRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Folder => _folder.Path;

    public CommandRun With(string file, string text)
    {
        string path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public async Task<(int Exit, string Out, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int exit = await RunAsync(output, error, CancellationToken.None, args);
        return (exit, output.ToString(), error.ToString());
    }

    public Task<int> RunAsync(TextWriter output, TextWriter error, CancellationToken cancellationToken, params string[] args) =>
        PenstockCommandLine.RunAsync(args, new Surroundings { Out = output, Error = error, CurrentDirectory = Folder }, cancellationToken);

    /// <summary>Runs a command of the Airbyte protocol.</summary>
    public async Task<(int Exit, IReadOnlyList<JsonElement> Messages, string Error)> MessagesAsync(string[] args, string input = "")
    {
        using var error = new StringWriter { NewLine = "\n" };
        var output = new MemoryStream();
        int exit = await PenstockCommandLine.RunAsync(args, new Surroundings { Out = error, Error = error, OpenOut = () => output, OpenIn = () => new StringReader(input), CurrentDirectory = Folder });
        string[] lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (exit, [.. lines.Select(line => JsonDocument.Parse(line).RootElement)], error.ToString());
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Text that several threads write and that a test waits for.</summary>
    public sealed class LiveWriter : StringWriter
    {
        private readonly Lock _lock = new();

        public override void Write(char value)
        {
            lock (_lock)
                base.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            lock (_lock)
                base.Write(buffer, index, count);
        }

        public override void Write(string? value)
        {
            lock (_lock)
                base.Write(value);
        }

        public override string ToString()
        {
            lock (_lock)
                return base.ToString();
        }

        public override Encoding Encoding => Encoding.UTF8;

        /// <summary>Waits until a text is written.</summary>
        public Task<string> WaitForAsync(string text) => WaitForMatchAsync(Regex.Escape(text));

        /// <summary>Waits until what is written matches a regular expression.</summary>
        public async Task<string> WaitForMatchAsync(string pattern)
        {
            for (int i = 0; i < 30_000 && !Regex.IsMatch(ToString(), pattern, RegexOptions.None, TimeSpan.FromSeconds(30)); i++)
                await Task.Delay(10, TestContext.Current.CancellationToken);
            Assert.Matches(pattern, ToString());
            return ToString();
        }
    }
}

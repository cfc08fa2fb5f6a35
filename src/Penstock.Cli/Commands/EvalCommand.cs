using System.CommandLine;
using System.Text.Json;
using Penstock.Cli.CommandLine;
using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Vectors;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock eval</c>: manifest expressions, a line in, a line out.</summary>
internal sealed class EvalCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly Argument<string?> _file = new("FILE") { Description = "JSON Lines of vectors; standard input by default.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<DateTimeOffset?> _now = new("--now")
    {
        Description = "What counts as now: the clock stands still.",
        HelpName = "TIME",
        CustomParser = Parsed.One(s => TimeText.Read(s), "a time", TimeText.Forms),
    };

    public EvalCommand(Surroundings surroundings)
        : base(
            "eval",
            "Evaluates manifest expressions and datetimes: each line is a JSON object with id, and template, kind (string or boolean) and context, or op and what it needs; each answer is a line with id and value, or id and error.",
            ("eval vectors.jsonl --now 2025-06-15T12:00:00Z", "a file of vectors with a frozen clock"),
            ("""eval <<< '{"id":1,"template":"{{ config.n + 1 }}","context":{"config":{"n":41}}}'""", "one expression"))
    {
        _surroundings = surroundings;
        Add(_file);
        Add(_now);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string? file = parsed.GetValue(_file);
        if (file is not null && !File.Exists(_surroundings.FullPath(file)))
            return Failure.Report(_surroundings, $"There is no file '{file}'.", "Correct the path, or leave it out to read standard input.", ExitCode.BadInput);
        using TextReader lines = file is null ? _surroundings.OpenIn() : File.OpenText(_surroundings.FullPath(file));
        await using var output = new StreamWriter(_surroundings.OpenOut()) { NewLine = "\n" };
        TimeProvider time = parsed.GetValue(_now) is { } now ? new FixedTime(now) : _surroundings.Time;
        int number = 0;
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            number++;
            if (line.Length == 0)
                continue;
            try
            {
                await output.WriteLineAsync(VectorEvaluator.Evaluate(line, time));
            }
            catch (JsonException e)
            {
                return Failure.Report(_surroundings, $"Line {number} isn't a vector: {e.Message}", "Write a JSON object with id, template and context.", ExitCode.BadInput);
            }
        }

        return ExitCode.Ok;
    }
}

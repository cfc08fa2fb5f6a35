using System.CommandLine;
using System.Text.Json;
using Penstock.Cli.CommandLine;
using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;
using Penstock.Connectors.Vectors;

namespace Penstock.Cli.Commands;

/// <summary><c>penstock eval</c>: one manifest expression for a person, or lines of vectors for a machine.</summary>
internal sealed class EvalCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly Argument<string?> _expression = new("EXPRESSION")
    {
        Description = "The expression, with or without its braces; or a file of vectors. Without it vectors are read from standard input.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _context = new("--context", "-c") { Description = "A JSON file with what the expression sees: {\"config\": {…}, \"record\": {…}, \"response\": {…}, \"stream_slice\": {…}}.", HelpName = "FILE" };
    private readonly Option<bool> _condition = new("--condition") { Description = "Evaluate it as a condition (record_filter, stop_condition, predicate): true or false." };
    private readonly Option<DateTimeOffset?> _now = new("--now")
    {
        Description = "What counts as now: the clock stands still.",
        HelpName = "TIME",
        CustomParser = Parsed.One(s => TimeText.Read(s), "a time", TimeText.Forms),
    };

    public EvalCommand(Surroundings surroundings)
        : base(
            "eval",
            "Evaluates an expression of a manifest, and writes its value as JSON. Or vectors, a line each: a JSON object with id, and template, kind (string or boolean) and context, or op and what it needs; each answer is a line with id and value, or id and error.",
            ("eval \"{{ now_utc().strftime('%Y-%m-%d') }}\"", "one expression"),
            ("eval \"{{ record.total * 1.2 }}\" --context context.json", "one that sees a record"),
            ("eval --condition \"record.state == 'open'\" --context context.json", "a filter's condition"),
            ("eval vectors.jsonl --now 2025-06-15T12:00:00Z", "a file of vectors with a frozen clock"))
    {
        _surroundings = surroundings;
        Add(_expression);
        Add(_context);
        Add(_condition);
        Add(_now);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        TimeProvider time = parsed.GetValue(_now) is { } now ? new FixedTime(now) : _surroundings.Time;
        string? given = parsed.GetValue(_expression);
        bool isFile = given is not null && File.Exists(_surroundings.FullPath(given));
        if (given is not null && !isFile)
            return await EvaluateAsync(parsed, given, time, cancellationToken);
        using TextReader lines = isFile ? File.OpenText(_surroundings.FullPath(given!)) : _surroundings.OpenIn();
        return await EvaluateAsync(lines, time, cancellationToken);
    }

    private async Task<int> EvaluateAsync(ParseResult parsed, string expression, TimeProvider time, CancellationToken cancellationToken)
    {
        if (expression.EndsWith(".jsonl", StringComparison.Ordinal))
            return Failure.Report(_surroundings, $"There is no file '{expression}'.", "Correct the path, or leave it out to read standard input.", ExitCode.BadInput);
        var context = new EvaluationContext(Value.None, time);
        if (parsed.GetValue(_context) is { } file && !await TryReadAsync(file, context, cancellationToken))
            return ExitCode.BadInput;
        string template = expression.Contains("{{", StringComparison.Ordinal) || expression.Contains("{%", StringComparison.Ordinal) ? expression : $"{{{{ {expression} }}}}";
        try
        {
            Value value = parsed.GetValue(_condition) ? new InterpolatedBoolean(template).Evaluate(context) : new InterpolatedString(template).Evaluate(context);
            (string json, string? type) = VectorEvaluator.Describe(value);
            _surroundings.Out.WriteLine(json);
            if (type is not null)
                _surroundings.Error.WriteLine($"type: {type}");
            return ExitCode.Ok;
        }
        catch (ExpressionException failed)
        {
            return Failure.Report(_surroundings, failed.Message, "What it sees besides config must be in the file of --context.");
        }
    }

    private async Task<bool> TryReadAsync(string file, EvaluationContext context, CancellationToken cancellationToken)
    {
        try
        {
            Value given = ValueJsonReader.Read(await File.ReadAllBytesAsync(_surroundings.FullPath(file), cancellationToken));
            foreach (var (name, value) in given.AsDict?.Entries ?? throw new JsonException("it isn't an object"))
                context.Set(name.ToString() is VariableNames.StreamPartition or VariableNames.StreamInterval ? VariableNames.StreamSlice : name.ToString(), value);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            Failure.Report(_surroundings, $"The context '{file}' can't be used: {e.Message}", "It is a JSON object with a field for each variable: config, record, response, stream_slice …", ExitCode.BadInput);
            return false;
        }
    }

    private async Task<int> EvaluateAsync(TextReader lines, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var output = new StreamWriter(_surroundings.OpenOut()) { NewLine = "\n" };
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

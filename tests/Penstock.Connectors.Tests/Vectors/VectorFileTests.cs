using System.Text.Json;
using System.Text.RegularExpressions;
using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;
using Penstock.Connectors.Vectors;

namespace Penstock.Connectors.Tests.Vectors;

/// <summary>
/// Expressions and datetimes with values that the reference implementation gave: our own here, and those that lie beside the
/// repository on some machines.
/// </summary>
public class VectorFileTests
{
    private static readonly TimeProvider Time = new FixedTime(new DateTimeOffset(2025, 6, 15, 12, 0, 0, TimeSpan.Zero));

    /// <summary>A file, the tier that counts in it (all if empty), and the least share of cases that must be right.</summary>
    public static TheoryData<string, string, double> Files
    {
        get
        {
            var data = new TheoryData<string, string, double>
            {
                { Path.Combine(AppContext.BaseDirectory, "Vectors", "expressions.jsonl"), "", 1 },
                { Path.Combine(AppContext.BaseDirectory, "Vectors", "datetime.jsonl"), "", 1 },
            };
            foreach (var file in SharedFolder.Files("vectors", "*.jsonl"))
            {
                switch (Path.GetFileName(file))
                {
                    case "expressions.jsonl":
                        data.Add(file, "", 0.995);
                        break;
                    case "authored.jsonl":
                        data.Add(file, "core", 0.995);
                        break;
                    case "datetime.jsonl":
                        data.Add(file, "core", 1);
                        break;
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task enough_cases_give_what_the_reference_gives(string file, string tier, double least)
    {
        var wrong = new List<string>();
        var cases = 0;
        foreach (var line in await File.ReadAllLinesAsync(file))
        {
            var vector = ValueJsonReader.Read(line).AsDict!;
            if (tier.Length > 0 && vector.Find("tier").AsText != tier) continue;
            cases++;
            var answer = VectorEvaluator.Evaluate(line, Time);
            if (!IsRight(vector, ValueJsonReader.Read(answer).AsDict!)) wrong.Add($"{line}\n    gave {answer}");
        }

        Assert.InRange(cases, 100, int.MaxValue);
        Assert.True(cases - wrong.Count >= Math.Ceiling(cases * least), $"{wrong.Count} of {cases} are wrong:\n{string.Join('\n', wrong.Take(20))}");
    }

    private static bool IsRight(DictValue vector, DictValue answer)
    {
        if (vector.Find("error").IsTruthy) return answer.TryGet("error", out _);
        if (answer.TryGet("error", out _)) return false;
        if (vector.Find("expected_pattern").AsText is { } pattern) return Regex.IsMatch(answer.Find("value").ToString(), pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(30));
        if (!vector.TryGet("expected", out var expected)) return true;
        return Canonical(expected) == Canonical(answer.Find("value")) && vector.Find("expected_type").AsText is var type && (type is null || type == answer.Find("type").AsText);
    }

    // 1 and 1.0 differ; the order of keys doesn't matter.
    private static string Canonical(Value value)
    {
        using var json = JsonDocument.Parse(ValueJsonWriter.ToText(value));
        return Sorted(json.RootElement);
    }

    private static string Sorted(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().OrderBy(field => field.Name, StringComparer.Ordinal).Select(field => $"{JsonSerializer.Serialize(field.Name)}:{Sorted(field.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(Sorted))}]",
        _ => element.GetRawText(),
    };
}

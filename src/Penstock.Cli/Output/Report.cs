using System.Text.Json;
using System.Text.Json.Serialization;
using Penstock.Cli.CommandLine;
using Spectre.Console;

namespace Penstock.Cli.Output;

/// <summary>Writes results: tables for people, JSON for machines.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>A console on a writer: colours and a width of its own only on a terminal.</summary>
    public static IAnsiConsole ConsoleOn(TextWriter writer, Surroundings surroundings)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = surroundings.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = surroundings.IsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = surroundings.IsTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!surroundings.IsTerminal)
            console.Profile.Width = 160;
        return console;
    }

    public static void WriteJson(Surroundings surroundings, object value) =>
        surroundings.Out.WriteLine(JsonSerializer.Serialize(value, Json));

    /// <summary>Writes a table; numbers are right-aligned.</summary>
    public static void WriteTable(Surroundings surroundings, IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<object?>> rows)
    {
        var table = new Table { Border = surroundings.IsTerminal ? TableBorder.Rounded : TableBorder.Ascii2 };
        IReadOnlyList<object?>[] all = [.. rows];
        for (int i = 0; i < headers.Count; i++)
        {
            bool isNumber = all.Length > 0 && all.All(row => row[i] is int or long or null);
            table.AddColumn(new TableColumn(new Text(headers[i])) { Alignment = isNumber ? Justify.Right : Justify.Left });
        }

        foreach (IReadOnlyList<object?> row in all)
            table.AddRow(row.Select(cell => new Text(Cell(cell))));
        ConsoleOn(surroundings.Out, surroundings).Write(table);
    }

    private static string Cell(object? cell) => cell switch
    {
        null => "-",
        int or long => string.Format(System.Globalization.CultureInfo.InvariantCulture, "{0:N0}", cell),
        _ => cell.ToString() ?? "",
    };
}

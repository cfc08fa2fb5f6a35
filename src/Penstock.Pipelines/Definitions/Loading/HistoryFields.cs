using Penstock.Pipelines.Definitions.Yaml;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>Reads <c>history</c>: <c>scd2</c>, or <c>{ mode: scd2, valid_from: updated_at }</c>.</summary>
internal static class HistoryFields
{
    private static readonly string[] Modes = ["latest", "append", "scd2"];

    public static StreamHistory Read(Fields stream)
    {
        if (stream.Find("history") is not YamlMap)
            return new StreamHistory(Mode(stream, "history"));
        Fields fields = stream.Map("history")!;
        if (!fields.Has("mode"))
            fields.Missing("mode", "mode: scd2");
        var history = new StreamHistory(Mode(fields, "mode"), fields.Text("valid_from"));
        if (history is { Mode: not HistoryMode.Scd2, ValidFrom: not null })
            fields.Add("valid_from", "Only 'mode: scd2' has validity.", "Remove it, or write mode: scd2.");
        fields.RejectOthers();
        return history;
    }

    private static HistoryMode Mode(Fields fields, string name)
    {
        string? text = fields.Text(name);
        int index = text is null ? 0 : Array.IndexOf(Modes, text);
        if (index < 0)
            fields.Add(name, $"'{text}' isn't a history.", Nearest.Advice(text!, Modes));
        return (HistoryMode)Math.Max(index, 0);
    }
}

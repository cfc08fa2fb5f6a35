using Penstock.Connectors.Expressions;
using Penstock.Pipelines.Definitions.Yaml;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>Reads <c>deletes</c>: <c>{ when: "{{ record.deleted }}", mode: flag }</c>.</summary>
internal static class DeleteFields
{
    private static readonly string[] Modes = ["remove", "flag"];

    public static StreamDeletes? Read(Fields stream, StreamHistory history)
    {
        if (stream.Map("deletes") is not { } fields)
            return null;
        string? when = fields.Text("when");
        if (when is not null && new InterpolatedBoolean(when).Error is { } error)
            fields.Add("when", $"The template can't be used: {error.Message} (column {error.Column}).", "Correct it, for example: when: \"{{ record.deleted }}\"");
        else if (when is not null && new InterpolatedBoolean(when).IsConstant)
            fields.Add("when", "The condition is the same for every record.", "Write a template, for example: when: \"{{ record.deleted }}\"");
        string mode = fields.Text("mode") ?? "remove";
        if (!Modes.Contains(mode))
            fields.Add("mode", $"'{mode}' isn't a way to delete.", Nearest.Advice(mode, Modes));
        if (mode == "flag" && history.Mode == HistoryMode.Scd2)
            fields.Add("mode", "With 'history: scd2' a deletion closes the row.", "Remove 'mode'.");
        fields.RejectOthers();
        return new StreamDeletes(when, mode == "flag");
    }
}

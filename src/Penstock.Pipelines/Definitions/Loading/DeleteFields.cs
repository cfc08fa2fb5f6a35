using Penstock.Connectors.Expressions;
using Penstock.Pipelines.Definitions.Yaml;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>Reads <c>deletes</c>: <c>{ when: "{{ record.deleted }}", missing: true, mode: flag }</c>.</summary>
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
        (bool missing, bool allowsEmpty) = Missing(stream, fields);
        fields.RejectOthers();
        return new StreamDeletes(when, mode == "flag", missing, allowsEmpty);
    }

    private static (bool Missing, bool AllowsEmpty) Missing(Fields stream, Fields fields)
    {
        (bool missing, bool allowsEmpty) = (false, false);
        if (fields.Find("missing") is YamlMap && fields.Map("missing") is { } how)
        {
            (missing, allowsEmpty) = (true, how.Boolean("allow_empty") ?? false);
            how.RejectOthers();
        }
        else
            missing = fields.Boolean("missing") ?? false;

        if (missing && stream.Has("receive"))
            fields.Add("missing", "What is pushed has no runs: nothing tells when all of it has come.", "Remove 'missing'; let records say it of themselves, for example: when: \"{{ record.deleted }}\"");
        return (missing, allowsEmpty);
    }
}

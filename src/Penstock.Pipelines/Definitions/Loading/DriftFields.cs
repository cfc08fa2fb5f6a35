using Penstock.Pipelines.Definitions.Yaml;
using Penstock.Pipelines.Drift;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>Reads <c>drift</c>: <c>{ new_column: evolve, type_change: discard_row, missing_column: discard_row }</c>, or one mode for all.</summary>
internal static class DriftFields
{
    private static readonly Dictionary<string, DriftMode> Modes = new()
    {
        ["evolve"] = DriftMode.Evolve, ["freeze"] = DriftMode.Freeze, ["discard_value"] = DriftMode.DiscardValue, ["discard_row"] = DriftMode.DiscardRow,
    };

    public static DriftPolicy Read(Fields stream)
    {
        if (stream.Find("drift") is YamlScalar)
        {
            DriftMode all = Mode(stream, "drift") ?? DriftMode.Evolve;
            // A column that isn't there has no value to discard: its record is set aside.
            return new DriftPolicy(all, all, all == DriftMode.DiscardValue ? DriftMode.DiscardRow : all);
        }

        if (stream.Map("drift") is not { } fields)
            return DriftPolicy.Default;
        var policy = new DriftPolicy(
            Mode(fields, "new_column") ?? DriftPolicy.Default.NewColumn,
            Mode(fields, "type_change") ?? DriftPolicy.Default.TypeChange,
            Mode(fields, "missing_column") ?? DriftPolicy.Default.MissingColumn);
        if (policy.MissingColumn == DriftMode.DiscardValue)
            fields.Add("missing_column", "A column that is missing has no value to discard.", "Write evolve, freeze or discard_row.");
        fields.RejectOthers();
        return policy;
    }

    private static DriftMode? Mode(Fields fields, string name)
    {
        if (fields.Text(name) is not { } text)
            return null;
        if (Modes.TryGetValue(text, out DriftMode mode))
            return mode;
        fields.Add(name, $"'{text}' isn't what can be done about drift.", Nearest.Advice(text, Modes.Keys));
        return null;
    }
}

using Penstock.Connectors.Http;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Cursors;

/// <summary>
/// One partition's state in Airbyte's two forms: <c>{"updated": …}</c>, with other fields kept as they are, and
/// <c>{"state_type": "date-range", "slices": [{"start", "end", "most_recent_cursor_value"}]}</c>.
/// </summary>
/// <param name="Fields">The state's fields.</param>
internal sealed record CursorState(DictValue Fields)
{
    /// <summary>Reads a state; an absent one has no fields.</summary>
    public static CursorState Read(string? json)
    {
        if (json is null) return new(new DictValue());
        try
        {
            return ValueJsonReader.Read(json).AsDict is { } fields ? new(fields) : throw Unreadable("it isn't a JSON object");
        }
        catch (System.Text.Json.JsonException)
        {
            throw Unreadable("it isn't JSON");
        }
    }

    /// <summary>The intervals, if the state is in the form that has them.</summary>
    public IEnumerable<DictValue>? Slices =>
        Fields.Find("state_type").AsText is "date-range" or "integer" ? Fields.Find("slices").AsList?.Elements.Select(slice => slice.AsDict).OfType<DictValue>() ?? [] : null;

    /// <summary>The state as the sequential form with a cursor value.</summary>
    public string With(string field, Value value)
    {
        var kept = Slices is null ? new DictValue(Fields.Entries) : new DictValue();
        kept[field] = value;
        return ValueJsonWriter.ToText(kept);
    }

    public static SourceFaultException Unreadable(string why) =>
        SourceFaultException.Config($"The stream's state can't be used: {why}. Correct the state, or reset it.");
}

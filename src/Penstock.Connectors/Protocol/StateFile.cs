using System.Text.Json;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Protocol;

/// <summary>
/// The state that a reading begins with, in any of Airbyte's forms: a list of state messages (stream or global), one message,
/// or the legacy object with a stream's state under its name.
/// </summary>
internal sealed class StateFile
{
    private readonly Dictionary<string, DictValue> _states = new(StringComparer.Ordinal);

    /// <summary>Nothing is known.</summary>
    public static StateFile Empty { get; } = new();

    /// <summary>Reads a state; null if it isn't one.</summary>
    public static StateFile? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var file = new StateFile();
            var value = ValueJsonReader.Read(json);
            if (value.AsList is { } messages) messages.Elements.ForEach(message => file.AddMessage(message));
            else if (value.AsDict is { } single && !file.AddMessage(single)) file.AddLegacy(single);
            return value.AsList is not null || value.AsDict is not null ? file : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A stream's state, or null.</summary>
    public DictValue? Find(string stream) => _states.GetValueOrDefault(stream);

    private bool AddMessage(Value message)
    {
        var state = message.AsDict;
        if (state?.Find("state").AsDict is { } inner && state.Find("type").AsText is "STATE") state = inner;
        switch (state?.Find("type").AsText)
        {
            case "STREAM":
                Add(state.Find("stream"));
                return true;
            case "GLOBAL":
                state.Find("global").AsDict?.Find("stream_states").AsList?.Elements.ForEach(Add);
                return true;
            case "LEGACY":
                if (state.Find("data").AsDict is { } data) AddLegacy(data);
                return true;
            case null when state?.Find("stream_descriptor").AsDict is not null:
                Add(state);
                return true;
            default:
                return false;
        }
    }

    private void Add(Value stream)
    {
        if (stream.AsDict?.Find("stream_descriptor").AsDict?.Find("name").AsText is { } name && stream.AsDict.Find("stream_state").AsDict is { } state) _states[name] = state;
    }

    private void AddLegacy(DictValue states)
    {
        foreach (var (name, state) in states.Entries)
            if (state.AsDict is { } own) _states[name.ToString()] = own;
    }
}

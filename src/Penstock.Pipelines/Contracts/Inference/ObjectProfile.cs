using System.Text.Json;

namespace Penstock.Pipelines.Contracts.Inference;

/// <summary>What the members of objects are like.</summary>
internal sealed class ObjectProfile
{
    private const int MostMembers = 1_000;

    private readonly Dictionary<string, ValueProfile> _members = [];
    private readonly List<string> _order = [];

    /// <summary>How many objects there were.</summary>
    public long Count { get; private set; }

    /// <summary>The members, in the order in which they were first seen.</summary>
    public IEnumerable<(string Name, ValueProfile Profile)> Members => _order.Select(name => (name, _members[name]));

    /// <summary>Looks at a record; gives whether it is a JSON object.</summary>
    public bool Add(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            Read(ref reader);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private void Read(ref Utf8JsonReader reader)
    {
        Count++;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (Find(name) is { } member)
                ReadValue(ref reader, member);
            else
                reader.Skip();
        }
    }

    private ValueProfile? Find(string name)
    {
        if (_members.TryGetValue(name, out ValueProfile? known))
            return known;
        if (_members.Count >= MostMembers)
            return null;
        _order.Add(name);
        return _members[name] = new ValueProfile();
    }

    private static void ReadValue(ref Utf8JsonReader reader, ValueProfile value)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                value.AddNull();
                break;
            case JsonTokenType.String when reader.ValueIsEscaped:
                value.AddText(System.Text.Encoding.UTF8.GetBytes(reader.GetString()!));
                break;
            case JsonTokenType.String:
                value.AddText(reader.ValueSpan);
                break;
            case JsonTokenType.Number:
                value.AddNumber(reader.ValueSpan);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                value.AddBoolean();
                break;
            case JsonTokenType.StartObject:
                value.AddObject();
                value.Members.Read(ref reader);
                break;
            case JsonTokenType.StartArray:
                ValueProfile items = value.AddArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    ReadValue(ref reader, items);
                break;
        }
    }
}

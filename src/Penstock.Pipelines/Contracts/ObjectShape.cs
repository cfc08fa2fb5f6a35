using System.Text;
using System.Text.Json;

namespace Penstock.Pipelines.Contracts;

/// <summary>The declared properties of an object, ready to be found in a reader.</summary>
internal sealed class ObjectShape
{
    private readonly (byte[] Name, ValueShape Shape)[] _properties;
    private readonly int _required;

    public ObjectShape(IReadOnlyList<ContractProperty> properties)
    {
        _properties = [.. properties.Select(property => (Encoding.UTF8.GetBytes(property.Name), new ValueShape(property)))];
        _required = properties.Count(property => property.Required);
    }

    /// <summary>Reads from the start of an object to its end.</summary>
    public void Check(ref Utf8JsonReader reader, ref Violations violations)
    {
        Span<bool> seen = _properties.Length <= 256 ? stackalloc bool[_properties.Length] : new bool[_properties.Length];
        int required = 0;
        int expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int index = Find(ref reader, expected);
            reader.Read();
            if (index < 0)
            {
                reader.Skip();
                continue;
            }

            expected = index + 1;
            ValueShape shape = _properties[index].Shape;
            if (seen[index])
                violations.Add(shape.Name, "must be there once");
            else if (shape.Required)
                required++;
            seen[index] = true;
            int first = violations.Count;
            shape.Check(ref reader, ref violations);
            violations.Within(shape.Name, first);
        }

        if (required == _required)
            return;
        for (int i = 0; i < _properties.Length; i++)
        {
            if (_properties[i].Shape.Required && !seen[i])
                violations.Add(_properties[i].Shape.Name, "is required");
        }
    }

    // Records of one source mostly have their properties in one order: look where the last one was found first.
    private int Find(ref Utf8JsonReader reader, int expected)
    {
        for (int i = 0; i < _properties.Length; i++)
        {
            int index = expected + i;
            if (index >= _properties.Length)
                index -= _properties.Length;
            if (reader.ValueTextEquals(_properties[index].Name))
                return index;
        }

        return -1;
    }
}

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

    /// <summary>Reads from the start of an object to its end, or to the first rule that it breaks.</summary>
    public Violation? Check(ref Utf8JsonReader reader)
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

            ValueShape shape = _properties[index].Shape;
            // Readers differ in which of two they take: what was checked must be what is read.
            if (seen[index])
                return new Violation("unique", shape.Name, "It must be there once.");
            if (shape.Check(ref reader) is { } violation)
                return ValueShape.Within(shape.Name, violation);
            seen[index] = true;
            required += shape.Required ? 1 : 0;
            expected = index + 1;
        }

        return required == _required ? null : Missing(seen);
    }

    private Violation Missing(ReadOnlySpan<bool> seen)
    {
        int i = 0;
        while (seen[i] || !_properties[i].Shape.Required)
            i++;
        return new Violation("required", _properties[i].Shape.Name, "It is missing.");
    }

    // Records of one source mostly have their properties in one order: look first behind the one that was found last.
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

using System.Text.Json;

namespace Penstock.Connectors.Records;

/// <summary>A field's name as it stands in JSON.</summary>
/// <param name="quoted">The name with its quotes.</param>
/// <param name="isEscaped">Whether it has escapes.</param>
internal readonly ref struct FieldName(ReadOnlySpan<byte> quoted, bool isEscaped)
{
    private readonly ReadOnlySpan<byte> _quoted = quoted;

    /// <summary>Whether it is this name.</summary>
    /// <param name="name">The name without quotes and escapes, in UTF-8.</param>
    public bool Is(ReadOnlySpan<byte> name)
    {
        if (!isEscaped)
        {
            return _quoted.Length == name.Length + 2 && _quoted[1..^1].SequenceEqual(name);
        }

        var reader = new Utf8JsonReader(_quoted);
        return reader.Read() && reader.ValueTextEquals(name);
    }
}

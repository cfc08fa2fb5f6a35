using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Penstock.Connectors.Values.Json;

/// <summary>Writes values as JSON in UTF-8 the way Airbyte's records are written: compact, non-ASCII as it is, <c>10.0</c> stays <c>10.0</c>.</summary>
public static class ValueJsonWriter
{
    private const int MaximumDepth = 500;

    /// <summary>The value as JSON in UTF-8.</summary>
    public static byte[] ToUtf8(in Value value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(buffer, value);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The value as a JSON text.</summary>
    public static string ToText(in Value value) => Encoding.UTF8.GetString(ToUtf8(value));

    /// <summary>Writes the value in the middle of another document.</summary>
    public static void Write(Utf8JsonWriter writer, in Value value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(buffer, value);
        writer.WriteRawValue(buffer.WrittenSpan, skipInputValidation: true);
    }

    /// <summary>
    /// Appends the value: tuples and sets as arrays, bytes and other objects as text, what is undefined or not finite as null.
    /// </summary>
    /// <exception cref="ValueException">The value contains itself.</exception>
    public static void Write(IBufferWriter<byte> buffer, in Value value) => Write(buffer, value, 0);

    private static void Write(IBufferWriter<byte> buffer, in Value value, int depth)
    {
        if (depth > MaximumDepth)
            throw new ValueException(ValueErrorKind.Recursion, "the value is nested too deeply for JSON");
        switch (value.Kind)
        {
            case ValueKind.None or ValueKind.Undefined:
                buffer.Write("null"u8);
                break;
            case ValueKind.Bool:
                buffer.Write(value.IsTruthy ? "true"u8 : "false"u8);
                break;
            case ValueKind.Int:
                WriteInteger(buffer, value);
                break;
            case ValueKind.Float:
                WriteFloat(buffer, value);
                break;
            case ValueKind.Dict:
                WriteDict(buffer, value.AsDict!, depth);
                break;
            case ValueKind.List or ValueKind.Tuple or ValueKind.Set:
                WriteItems(buffer, value.AsObject!.Items!, depth);
                break;
            default:
                JsonText.Write(buffer, value.ToString());
                break;
        }
    }

    private static void WriteDict(IBufferWriter<byte> buffer, DictValue dict, int depth)
    {
        buffer.Write("{"u8);
        var first = true;
        foreach (var (key, value) in dict.Entries)
        {
            if (!first)
                buffer.Write(","u8);
            first = false;
            JsonText.Write(buffer, key.AsText ?? KeyText(key));
            buffer.Write(":"u8);
            Write(buffer, value, depth + 1);
        }

        buffer.Write("}"u8);
    }

    private static void WriteItems(IBufferWriter<byte> buffer, IEnumerable<Value> items, int depth)
    {
        buffer.Write("["u8);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                buffer.Write(","u8);
            first = false;
            Write(buffer, item, depth + 1);
        }

        buffer.Write("]"u8);
    }

    private static void WriteInteger(IBufferWriter<byte> buffer, in Value value)
    {
        if (value.TryGetInt64(out var integer))
        {
            integer.TryFormat(buffer.GetSpan(20), out var written, default, CultureInfo.InvariantCulture);
            buffer.Advance(written);
        }
        else
        {
            buffer.Write(Encoding.ASCII.GetBytes(value.ToString()));
        }
    }

    private static void WriteFloat(IBufferWriter<byte> buffer, in Value value)
    {
        value.TryGetFloat(out var number);
        if (double.IsFinite(number))
            Encoding.ASCII.GetBytes(FloatText.Repr(number, jsonExponent: true), buffer);
        else
            buffer.Write("null"u8);
    }

    // Keys that aren't texts are written as Python's json does.
    internal static string KeyText(in Value key) => key.Kind switch
    {
        ValueKind.None => "null",
        ValueKind.Bool => key.IsTruthy ? "true" : "false",
        _ => key.ToString(),
    };
}

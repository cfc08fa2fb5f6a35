using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Penstock.Connectors.Records;

/// <summary>
/// Passes over JSON values without reading them, a vector of bytes at a time, and refuses what isn't JSON (RFC 8259) as
/// <see cref="Utf8JsonReader"/> does: no comments, no trailing commas, no control characters in texts, 512 levels at most. The
/// bytes must be UTF-8; it looks no closer at what is above ASCII.
/// </summary>
/// <param name="json">The bytes.</param>
internal ref struct JsonScanner(ReadOnlySpan<byte> json)
{
    /// <summary>How deep values may be nested.</summary>
    public const int MaxDepth = 512;

    // The longest integer of 64 bits has 19 digits; shorter numbers need no second look.
    private const int LongNumber = 19;
    private const byte End = 0;

    private readonly ReadOnlySpan<byte> _json = json;
    private int _position;

    /// <summary>The place of the next byte.</summary>
    public readonly int Position => _position;

    /// <summary>Whether a number of 19 characters or more was passed over; for the caller to reset.</summary>
    public bool SawLongNumber { get; set; }

    /// <summary>The first byte of the next token, after white space; 0, which begins no token, at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Peek() => JsonTokens.At(_json, _position) is > (byte)' ' and var next ? next : PeekAfterSpace();

    private byte PeekAfterSpace()
    {
        for (; _position < _json.Length; _position++)
        {
            var next = _json[_position];
            if (next > ' ')
            {
                return next;
            }

            if (next is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                throw Invalid();
            }
        }

        return End;
    }

    /// <summary>Passes over the opening bracket that <see cref="Peek"/> gave; false if it is closed at once, then over that too.</summary>
    public bool Enter(byte close)
    {
        _position++;
        if (Peek() != close)
        {
            return true;
        }

        _position++;
        return false;
    }

    /// <summary>After an element: passes over a comma and gives true, or over the closing bracket and gives false.</summary>
    public bool Next(byte close)
    {
        var next = Peek();
        if (next != ',' && next != close)
        {
            throw Invalid();
        }

        _position++;
        return next == ',';
    }

    /// <summary>Passes over a field's name and its colon; gives the name with its quotes, as it stands.</summary>
    public ReadOnlySpan<byte> Name(out bool isEscaped)
    {
        if (Peek() != '"')
        {
            throw Invalid();
        }

        var start = _position;
        Check(JsonTokens.TrySkipText(_json, ref _position, out isEscaped));
        var name = _json[start.._position];
        if (Peek() != ':')
        {
            throw Invalid();
        }

        _position++;
        return name;
    }

    /// <summary>Passes over one value and the white space before it.</summary>
    /// <param name="depth">How many values the value stands in.</param>
    public void SkipValue(int depth)
    {
        switch (Peek())
        {
            case (byte)'"':
                Check(JsonTokens.TrySkipText(_json, ref _position, out _));
                break;
            case (byte)'{':
                SkipObject(depth + 1);
                break;
            case (byte)'[':
                SkipArray(depth + 1);
                break;
            case (byte)'t':
                Check(JsonTokens.TrySkipLiteral(_json, ref _position, "true"u8));
                break;
            case (byte)'f':
                Check(JsonTokens.TrySkipLiteral(_json, ref _position, "false"u8));
                break;
            case (byte)'n':
                Check(JsonTokens.TrySkipLiteral(_json, ref _position, "null"u8));
                break;
            default:
                var start = _position;
                Check(JsonTokens.TrySkipNumber(_json, ref _position));
                SawLongNumber |= _position - start >= LongNumber;
                break;
        }
    }

    /// <summary>What is thrown when there is something else than JSON here.</summary>
    public readonly JsonException Invalid() => new($"there is something that isn't JSON at byte {_position}", null, 0, _position);

    private void SkipObject(int depth)
    {
        CheckDepth(depth);
        if (!Enter((byte)'}'))
        {
            return;
        }

        do
        {
            Name(out _);
            SkipValue(depth);
        }
        while (Next((byte)'}'));
    }

    private void SkipArray(int depth)
    {
        CheckDepth(depth);
        if (!Enter((byte)']'))
        {
            return;
        }

        do
        {
            SkipValue(depth);
        }
        while (Next((byte)']'));
    }

    /// <summary>Refuses a bracket that opens too deep.</summary>
    public readonly void CheckDepth(int depth)
    {
        if (depth > MaxDepth)
        {
            throw new JsonException($"the JSON is nested more than {MaxDepth} levels deep", null, 0, _position);
        }
    }

    private readonly void Check(bool isJson)
    {
        if (!isJson)
        {
            throw Invalid();
        }
    }
}

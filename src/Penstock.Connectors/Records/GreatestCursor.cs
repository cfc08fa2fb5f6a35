using System.Text;
using System.Text.Json;
using Penstock.Connectors.Http;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Records;

/// <summary>Follows the greatest cursor value among a page's records.</summary>
internal sealed class GreatestCursor(IPageCursor? cursor) : IDisposable
{
    private readonly PageBuffer _greatest = new(256);
    private readonly PageBuffer _value = new(256);
    private long _rank;
    private bool _isThere;

    /// <summary>A record's cursor value as JSON, if the record was made into a value; valid until the next call.</summary>
    public ReadOnlySpan<byte> ValueOf(Value record)
    {
        _value.Clear();
        if (cursor is not null && record.AsDict is { } dict && dict.TryGet(cursor.Field, out var value))
        {
            ValueJsonWriter.Write(_value, value);
        }

        return _value.Written.Span;
    }

    /// <summary>Looks at a record's cursor value.</summary>
    /// <param name="value">The value as JSON; empty if the record has none.</param>
    public void Observe(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || cursor is null || (_isThere && value.SequenceEqual(_greatest.Written.Span)))
        {
            return;
        }

        if (cursor.TryRank(value, out var rank) && (!_isThere || rank > _rank))
        {
            (_isThere, _rank) = (true, rank);
            _greatest.Clear();
            value.CopyTo(_greatest.GetSpan(value.Length));
            _greatest.Advance(value.Length);
        }
    }

    /// <summary>The greatest value as the record has it (a text without its quotes), or null; then it begins anew.</summary>
    public string? Take()
    {
        var greatest = Peek();
        _isThere = false;
        return greatest;
    }

    /// <summary>The greatest value as the record has it, or null.</summary>
    public string? Peek()
    {
        if (!_isThere)
        {
            return null;
        }

        var reader = new Utf8JsonReader(_greatest.Written.Span);
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? reader.GetString() : Encoding.UTF8.GetString(_greatest.Written.Span);
    }

    public void Dispose()
    {
        _greatest.Dispose();
        _value.Dispose();
    }
}

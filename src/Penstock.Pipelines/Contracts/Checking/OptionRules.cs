using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Penstock.Pipelines.Contracts.Values;

namespace Penstock.Pipelines.Contracts.Checking;

/// <summary>Checks a value of the right type against its property's options. Made once for a property; safe for several threads.</summary>
internal sealed class OptionRules
{
    private readonly ContractProperty _property;
    private readonly ValueOptions _options;
    private readonly (ExactNumber Value, Bound Bound)? _least;
    private readonly (ExactNumber Value, Bound Bound)? _most;
    private readonly ExactNumber? _step;
    private readonly Moment? _first;
    private readonly Moment? _last;

    private OptionRules(ContractProperty property)
    {
        (_property, _options) = (property, property.Options);
        if (property.Type is LogicalType.Integer or LogicalType.Number)
        {
            (string? low, string? high) = RangeOf(_options.Format);
            _least = Number(_options.Least ?? (low is null ? null : new Bound(low, IsExclusive: false)));
            _most = Number(_options.Most ?? (high is null ? null : new Bound(high, IsExclusive: false)));
            _step = _options.MultipleOf is { } step ? ExactNumber.Parse(Encoding.ASCII.GetBytes(step)) : null;
        }
        else
        {
            _first = MomentOf(_options.Least);
            _last = MomentOf(_options.Most);
        }
    }

    /// <summary>The rules of a property; null if its options say nothing about single values.</summary>
    public static OptionRules? Of(ContractProperty property) => property.Options == ValueOptions.None ? null : new OptionRules(property);

    /// <summary>Checks a number; gives the rule that it breaks and what it must be, or null.</summary>
    public (string Rule, string Reason)? CheckNumber(in ExactNumber number)
    {
        if (_least is { } least && number.ComparedTo(least.Value) is var low && (low < 0 || (low == 0 && least.Bound.IsExclusive)))
            return Below(least.Bound);
        if (_most is { } most && number.ComparedTo(most.Value) is var high && (high > 0 || (high == 0 && most.Bound.IsExclusive)))
            return Above(most.Bound);
        return _step is { } step && !number.IsMultipleOf(step) ? ("multipleOf", $"It must be a multiple of {_options.MultipleOf}.") : null;
    }

    /// <summary>Checks a text or a moment.</summary>
    public (string Rule, string Reason)? CheckText(ReadOnlySpan<byte> text) =>
        _property.Type == LogicalType.String ? CheckString(text) : CheckMoment(text);

    /// <summary>Checks how many items or properties there are.</summary>
    public (string Rule, string Reason)? CheckCount(int count)
    {
        string of = _property.Type == LogicalType.Array ? "Items" : "Properties";
        if (count < _options.MinCount)
            return ($"min{of}", $"It must have {_options.MinCount} {of.ToLowerInvariant()} or more.");
        return count > _options.MaxCount ? ($"max{of}", $"It must have {_options.MaxCount} {of.ToLowerInvariant()} or fewer.") : null;
    }

    private (string Rule, string Reason)? CheckString(ReadOnlySpan<byte> text)
    {
        if (_options.MinLength is not null || _options.MaxLength is not null)
        {
            int length = LengthOf(text);
            if (length < _options.MinLength)
                return ("minLength", $"It must have {_options.MinLength} characters or more.");
            if (length > _options.MaxLength)
                return ("maxLength", $"It must have {_options.MaxLength} characters or fewer.");
        }

        if (_options.Format is { } format && !TextFormats.Keeps(format, text))
            return ("format", $"It must be of the format {format}.");
        return _options.Pattern is { } pattern && !Matches(pattern, text) ? ("pattern", $"It must match {pattern}.") : null;
    }

    private (string Rule, string Reason)? CheckMoment(ReadOnlySpan<byte> text)
    {
        if ((_first is null && _last is null) || Moment.Parse(_property.Type, text) is not { } moment)
            return null;
        if (_first is { } first && moment.ComparedTo(first) is var low && (low < 0 || (low == 0 && _options.Least!.IsExclusive)))
            return Below(_options.Least!);
        return _last is { } last && moment.ComparedTo(last) is var high && (high > 0 || (high == 0 && _options.Most!.IsExclusive)) ? Above(_options.Most!) : null;
    }

    public static bool Matches(Regex pattern, ReadOnlySpan<byte> text)
    {
        char[]? rented = text.Length > 512 ? ArrayPool<char>.Shared.Rent(text.Length) : null;
        Span<char> characters = rented ?? stackalloc char[512];
        bool matches = pattern.IsMatch(characters[..Encoding.UTF8.GetChars(text, characters)]);
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
        return matches;
    }

    // Code points: every byte of UTF-8 but those that continue one.
    private static int LengthOf(ReadOnlySpan<byte> text)
    {
        int length = 0;
        foreach (byte unit in text)
            length += (unit & 0xC0) != 0x80 ? 1 : 0;
        return length;
    }

    private static (string, string) Below(Bound bound) => bound.IsExclusive
        ? ("exclusiveMinimum", $"It must be more than {bound.Text}.")
        : ("minimum", $"It must be {bound.Text} or more.");

    private static (string, string) Above(Bound bound) => bound.IsExclusive
        ? ("exclusiveMaximum", $"It must be less than {bound.Text}.")
        : ("maximum", $"It must be {bound.Text} or less.");

    private static (ExactNumber, Bound)? Number(Bound? bound) => bound is null ? null : (ExactNumber.Parse(Encoding.ASCII.GetBytes(bound.Text)), bound);

    private Moment? MomentOf(Bound? bound) => bound is null ? null : Moment.Parse(_property.Type, Encoding.ASCII.GetBytes(bound.Text));

    // ODCS's widths of integers. Without one there is no bound: its default of 32 bits would set aside what nobody meant to.
    private static (string? Low, string? High) RangeOf(string? format) => format switch
    {
        "i8" => ("-128", "127"),
        "i16" => ("-32768", "32767"),
        "i32" => ("-2147483648", "2147483647"),
        "i64" => ("-9223372036854775808", "9223372036854775807"),
        "i128" => ("-170141183460469231731687303715884105728", "170141183460469231731687303715884105727"),
        "u8" => ("0", "255"),
        "u16" => ("0", "65535"),
        "u32" => ("0", "4294967295"),
        "u64" => ("0", "18446744073709551615"),
        "u128" => ("0", "340282366920938463463374607431768211455"),
        "f32" => ("-3.4028235e38", "3.4028235e38"),
        "f64" => ("-1.7976931348623158e308", "1.7976931348623158e308"),
        _ => (null, null),
    };
}

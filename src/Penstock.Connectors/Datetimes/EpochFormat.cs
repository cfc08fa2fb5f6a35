using System.Globalization;
using System.Numerics;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Datetimes;

/// <summary>The formats that count from 1970-01-01T00:00:00Z.</summary>
internal sealed class EpochFormat : DatetimeFormat
{
    private const double MicrosecondsPerSecond = 1_000_000;
    private readonly long _ticksPerUnit;
    private readonly double _unitsPerSecond;
    private readonly bool _fraction;

    private EpochFormat(string text, long ticksPerUnit, double unitsPerSecond, bool fraction = false)
        : base(text)
    {
        _ticksPerUnit = ticksPerUnit;
        _unitsPerSecond = unitsPerSecond;
        _fraction = fraction;
    }

    public static EpochFormat For(string text) => text switch
    {
        "%s" => new(text, TimeSpan.TicksPerSecond, 1),
        "%ms" => new(text, TimeSpan.TicksPerMillisecond, 1000),
        "%epoch_microseconds" => new(text, TimeSpan.TicksPerMicrosecond, MicrosecondsPerSecond),
        _ => new(text, TimeSpan.TicksPerSecond, 1, fraction: true),
    };

    public override bool TryParse(string value, out DateTimeOffset datetime)
    {
        datetime = default;
        if (_fraction)
        {
            return double.TryParse(WithoutUnderscores(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
                && TryParse(seconds, out datetime);
        }

        return BigInteger.TryParse(WithoutUnderscores(value), NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole)
            && TryParse(whole, out datetime);
    }

    public override bool TryParse(BigInteger value, out DateTimeOffset datetime) => FromTicks(value * _ticksPerUnit, out datetime);

    public override bool TryParse(double value, out DateTimeOffset datetime)
    {
        datetime = default;
        if (!double.IsFinite(value)) return false;
        var whole = Math.Truncate(value);
        if (!_fraction) return TryParse(new BigInteger(whole), out datetime);
        // As Python's fromtimestamp: the fraction is rounded to microseconds, half to even.
        var microseconds = (long)Math.Round((value - whole) * MicrosecondsPerSecond, MidpointRounding.ToEven);
        var ticks = (new BigInteger(whole) * TimeSpan.TicksPerSecond) + (microseconds * TimeSpan.TicksPerMicrosecond);
        return FromTicks(ticks, out datetime);
    }

    // The reference computes with doubles and truncates; carried-over state must come out the same.
    public override string Format(DateTimeOffset datetime)
    {
        var microseconds = (datetime.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        var seconds = microseconds / MicrosecondsPerSecond;
        return _fraction
            ? FloatText.Repr(seconds)
            : ((long)(seconds * _unitsPerSecond)).ToString(CultureInfo.InvariantCulture);
    }

    private static bool FromTicks(BigInteger sinceEpoch, out DateTimeOffset datetime)
    {
        var ticks = sinceEpoch + DateTimeOffset.UnixEpoch.Ticks;
        var fits = ticks >= DateTimeOffset.MinValue.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks;
        datetime = fits ? new DateTimeOffset((long)ticks, TimeSpan.Zero) : default;
        return fits;
    }

    // Python's int() takes "1_000".
    private static string WithoutUnderscores(string value) =>
        value.Contains('_') && !value.Contains("__", StringComparison.Ordinal) && value.Trim() is [not '_', .., not '_']
            ? value.Replace("_", "", StringComparison.Ordinal)
            : value;
}

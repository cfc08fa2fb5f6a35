using System.Globalization;
using System.Text;
using System.Text.Json;
using Penstock.Pipelines.Contracts.Values;

namespace Penstock.Pipelines.Contracts.Checking;

/// <summary>
/// Makes a value fit its property, if the contract asks for it and there is exactly one value that it can mean: <c>"12"</c> for an
/// integer, but neither <c>"12.5"</c> nor <c>" 12"</c>. Digits are copied, never computed with.
/// </summary>
internal static class Coercer
{
    /// <summary>Gives the value as JSON; null if it doesn't fit.</summary>
    /// <param name="property">The property.</param>
    /// <param name="token">The value's token.</param>
    /// <param name="text">The value of a text (without escapes) or a number.</param>
    public static byte[]? Coerce(ContractProperty property, JsonTokenType token, ReadOnlySpan<byte> text) => property.Type switch
    {
        LogicalType.String when token == JsonTokenType.Number => [(byte)'"', .. text, (byte)'"'],
        LogicalType.String when token == JsonTokenType.True => "\"true\""u8.ToArray(),
        LogicalType.String when token == JsonTokenType.False => "\"false\""u8.ToArray(),
        LogicalType.Number when token == JsonTokenType.String && JsonNumberText.Is(text) => text.ToArray(),
        LogicalType.Integer when token == JsonTokenType.String && JsonNumberText.Is(text) && ExactNumber.Parse(text).IsInteger => text.ToArray(),
        LogicalType.Boolean when token == JsonTokenType.String && Ascii.EqualsIgnoreCase(text, "true"u8) => "true"u8.ToArray(),
        LogicalType.Boolean when token == JsonTokenType.String && Ascii.EqualsIgnoreCase(text, "false"u8) => "false"u8.ToArray(),
        LogicalType.Date or LogicalType.Time or LogicalType.Timestamp when token == JsonTokenType.String => Quoted(MomentOf(property, text)),
        LogicalType.Timestamp when token == JsonTokenType.Number => Quoted(InstantOf(property.Coercion, text)),
        _ => null,
    };

    private static string? MomentOf(ContractProperty property, ReadOnlySpan<byte> text)
    {
        if (property.Options.MomentFormat?.Read(text) is { } parts)
            return parts.Iso(property.Type, property.Options.Zone);
        if (property.Type != LogicalType.Timestamp || text.Length is < 16 or > IsoText.MaxLength)
            return null;

        // SQL's way: a space instead of the T; no offset means the contract's zone.
        Span<byte> iso = stackalloc byte[IsoText.MaxLength];
        text.CopyTo(iso);
        iso = iso[..text.Length];
        if (iso[10] == ' ')
            iso[10] = (byte)'T';
        if (IsoText.IsTimestamp(iso))
            return Encoding.ASCII.GetString(iso);
        if (!IsoText.IsLocalTimestamp(iso))
            return null;
        DateTime local = DateTime.Parse(Encoding.ASCII.GetString(iso[..16]), CultureInfo.InvariantCulture);
        return Encoding.ASCII.GetString(iso) + MomentParts.OffsetText((int)property.Options.Zone.GetUtcOffset(local).TotalMinutes);
    }

    private static string? InstantOf(Coercion coercion, ReadOnlySpan<byte> digits)
    {
        long ticks = coercion switch { Coercion.EpochSeconds => TimeSpan.TicksPerSecond, Coercion.EpochMilliseconds => TimeSpan.TicksPerMillisecond, _ => 0 };
        if (ticks == 0 || !decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            || Math.Abs(number) > 1_000_000_000_000_000m)
            return null;
        decimal exact = (number * ticks) + DateTime.UnixEpoch.Ticks;
        if (exact != decimal.Truncate(exact) || exact < 0 || exact > DateTime.MaxValue.Ticks)
            return null;
        return new DateTime((long)exact, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
    }

    private static byte[]? Quoted(string? text) => text is null ? null : Encoding.ASCII.GetBytes($"\"{text}\"");
}

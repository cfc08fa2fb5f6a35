using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Penstock.Connectors.Budgets;

/// <summary>Writes slots as one short list, <c>[end, calls, end, calls, …]</c> with ends in ticks: workers pass them on with every batch.</summary>
internal static class SlotsJson
{
    public static ImmutableArray<WindowSlot> Read(ref Utf8JsonReader reader)
    {
        var slots = ImmutableArray.CreateBuilder<WindowSlot>();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("A window's slots must be a list.");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var end = reader.GetInt64();
            reader.Read();
            slots.Add(new WindowSlot(new DateTimeOffset(end, TimeSpan.Zero), reader.GetInt32()));
        }

        return slots.ToImmutable();
    }

    public static void Write(Utf8JsonWriter writer, ImmutableArray<WindowSlot> slots)
    {
        writer.WriteStartArray();
        foreach (var (end, calls) in slots)
        {
            writer.WriteNumberValue(end.UtcTicks);
            writer.WriteNumberValue(calls);
        }

        writer.WriteEndArray();
    }
}

/// <summary>Writes a window as its slots.</summary>
public sealed class MovingWindowJson : JsonConverter<MovingWindow>
{
    /// <inheritdoc/>
    public override MovingWindow Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(SlotsJson.Read(ref reader));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, MovingWindow value, JsonSerializerOptions options) => SlotsJson.Write(writer, value.Slots);
}

/// <summary>Writes a history as its slots.</summary>
public sealed class CallHistoryJson : JsonConverter<CallHistory>
{
    /// <inheritdoc/>
    public override CallHistory Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(SlotsJson.Read(ref reader));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, CallHistory value, JsonSerializerOptions options) => SlotsJson.Write(writer, value.Slots);
}

using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Penstock.Simulator;

/// <summary>Writes record n of a dataset.</summary>
internal sealed class RecordWriter(Dataset dataset, string? parent, int seed)
{
    private static readonly string[] FirstNames = ["Ada", "Zoë", "Łukasz", "José", "Mei", "Ngozi", "Søren", "Priya", "Ivan", "Aïcha", "Tom", "Yuki", "Omar", "Eva", "Liam", "Nil"];
    private static readonly string[] LastNames = ["Byron", "Müller", "Okafor", "García", "Sato", "Nguyen", "Smith", "Novák", "Hansen", "Rossi", "Silva", "Kaya", "Dubois", "Khan", "Cohen", "Lind"];
    private static readonly string[] Cities = ["Oslo", "Zürich", "Lagos", "São Paulo", "Osaka", "Hanoi", "Leeds", "Brno"];
    private static readonly string[] Countries = ["NO", "CH", "NG", "BR", "JP", "VN", "GB", "CZ"];
    private static readonly string[] Tags = ["red", "green", "blue", "gold"];

    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Number = JsonEncodedText.Encode("number");
    private static readonly JsonEncodedText ParentId = JsonEncodedText.Encode("parent_id");
    private static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
    private static readonly JsonEncodedText Email = JsonEncodedText.Encode("email");
    private static readonly JsonEncodedText Amount = JsonEncodedText.Encode("amount");
    private static readonly JsonEncodedText Active = JsonEncodedText.Encode("active");
    private static readonly JsonEncodedText TagList = JsonEncodedText.Encode("tags");
    private static readonly JsonEncodedText Address = JsonEncodedText.Encode("address");
    private static readonly JsonEncodedText City = JsonEncodedText.Encode("city");
    private static readonly JsonEncodedText Country = JsonEncodedText.Encode("country");
    private static readonly JsonEncodedText Location = JsonEncodedText.Encode("location");
    private static readonly JsonEncodedText Latitude = JsonEncodedText.Encode("latitude");
    private static readonly JsonEncodedText Longitude = JsonEncodedText.Encode("longitude");
    private static readonly JsonEncodedText Note = JsonEncodedText.Encode("note");
    private static readonly JsonEncodedText CreatedAt = JsonEncodedText.Encode("created_at");
    private static readonly JsonEncodedText UpdatedAt = JsonEncodedText.Encode("updated_at");

    private readonly string _note = string.Concat(Enumerable.Repeat("All work and no play makes a dull record. ", dataset.NoteLength / 40 + 1))[..dataset.NoteLength];

    /// <summary>Its id, unique in the whole dataset.</summary>
    public string IdOf(long index) => $"{dataset.Name}-{index}";

    /// <summary>In which way the record is bad; null if it isn't.</summary>
    public BadRecord? Badness(long index)
    {
        if (dataset.BadEvery == 0) return null;
        var noise = Noise.Of(seed ^ 0x0BAD, index);
        return noise % (uint)dataset.BadEvery == 0 ? dataset.BadKinds[(int)((noise >> 32) % (uint)dataset.BadKinds.Count)] : null;
    }

    /// <summary>Writes one record.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="index">Its place in the whole dataset, all parents' records counted through.</param>
    /// <param name="number">Its place under its parent.</param>
    public void Write(Utf8JsonWriter json, long index, long number)
    {
        var badness = Badness(index);
        if (badness is BadRecord.InvalidUtf8 or BadRecord.Truncated) WriteBroken(json, index, number, badness.Value);
        else Write(json, index, number, badness);
    }

    private void Write(Utf8JsonWriter json, long index, long number, BadRecord? badness)
    {
        var noise = Noise.Of(seed, index);
        var updated = dataset.Start.UtcDateTime + number / dataset.Ties * dataset.Spacing;
        Span<char> text = stackalloc char[80];
        json.WriteStartObject();
        if (badness != BadRecord.MissingKey) WriteId(json, Id, dataset.Name, index, text);
        json.WriteNumber(Number, number);
        if (parent is not null) WriteId(json, ParentId, parent, index / dataset.Count, text);
        json.WriteString(Name, Format(text, $"{FirstNames[noise & 15]} {LastNames[(noise >> 4) & 15]}"));
        json.WriteString(Email, Format(text, $"user{index}@example.com"));
        if (badness == BadRecord.WrongType) json.WriteString(Amount, "n/a");
        else json.WriteNumber(Amount, new decimal((int)((noise >> 8) % 1_000_000), 0, 0, isNegative: (noise & 256) != 0, scale: 2));
        json.WriteBoolean(Active, (noise & 512) != 0);
        json.WriteStartArray(TagList);
        for (var tag = 0; tag < (int)((noise >> 28) & 3); tag++) json.WriteStringValue(Tags[(int)((noise >> 30) + (uint)tag) & 3]);
        json.WriteEndArray();
        WriteAddress(json, noise >> 32);
        json.WriteString(Note, _note);
        json.WriteString(CreatedAt, Time(text, updated - TimeSpan.FromSeconds((noise >> 40) % 2_592_000)));
        json.WriteString(UpdatedAt, Time(text, updated));
        json.WriteEndObject();
    }

    private static void WriteAddress(Utf8JsonWriter json, ulong noise)
    {
        json.WriteStartObject(Address);
        json.WriteString(City, Cities[noise & 7]);
        json.WriteString(Country, Countries[noise & 7]);
        json.WriteStartObject(Location);
        json.WriteNumber(Latitude, new decimal((int)((noise >> 3) % 90_000), 0, 0, isNegative: false, scale: 3));
        json.WriteNumber(Longitude, new decimal((int)((noise >> 9) % 180_000), 0, 0, isNegative: (noise & 8) != 0, scale: 3));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteBroken(Utf8JsonWriter json, long index, long number, BadRecord badness)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var whole = new Utf8JsonWriter(buffer, GeoJsonWriter.Options)) Write(whole, index, number, badness: null);
        var bytes = buffer.WrittenSpan.ToArray();
        if (badness == BadRecord.InvalidUtf8) bytes[bytes.AsSpan().IndexOf("\"name\":\""u8) + 8] = 0xFF;
        json.WriteRawValue(badness == BadRecord.Truncated ? bytes.AsSpan(0, bytes.Length * 2 / 3) : bytes, skipInputValidation: true);
    }

    private static void WriteId(Utf8JsonWriter json, JsonEncodedText property, string name, long index, Span<char> text) =>
        json.WriteString(property, Format(text, $"{name}-{index}"));

    private static ReadOnlySpan<char> Format(Span<char> text, [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument(nameof(text))] ref MemoryExtensions.TryWriteInterpolatedStringHandler value) =>
        text.TryWrite(ref value, out var length) ? text[..length] : throw new InvalidOperationException("A generated value is too long.");

    private static ReadOnlySpan<char> Time(Span<char> text, DateTime time) =>
        time.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'") ? text[..length] : throw new InvalidOperationException("A generated time is too long.");
}

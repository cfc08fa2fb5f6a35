using System.Text.Json;
using System.Text.Json.Serialization;

namespace Penstock.Connectors.Partitions;

/// <summary>Where reading parents goes on.</summary>
/// <param name="Parent">The parent stream, counted from 0.</param>
/// <param name="Plan">The position of the batch of the parent's slices.</param>
/// <param name="Slice">The slice in the batch.</param>
/// <param name="Page">The position in the slice.</param>
/// <param name="Greatest">The greatest cursor of the slice's pages so far; null if there is none.</param>
internal sealed record ParentPosition(int Parent = 0, string? Plan = null, int Slice = 0, string? Page = null, string? Greatest = null)
{
    public static ParentPosition Read(string? text) =>
        text is null ? new ParentPosition() : JsonSerializer.Deserialize(text, PositionJson.Default.ParentPosition) ?? new ParentPosition();

    public string Write() => JsonSerializer.Serialize(this, PositionJson.Default.ParentPosition);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ParentPosition))]
[JsonSerializable(typeof(GroupPosition))]
internal sealed partial class PositionJson : JsonSerializerContext;

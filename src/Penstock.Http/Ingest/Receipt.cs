using System.Text.Json.Serialization;

namespace Penstock.Http.Ingest;

/// <summary>Says what was landed.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Records">How many records.</param>
/// <param name="Blob">The raw blob; absent if there were no records.</param>
internal sealed record Receipt(string Pipeline, string Stream, int Records, string? Blob);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class ReceiptJson : JsonSerializerContext;

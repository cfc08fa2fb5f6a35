using System.Text.Json.Serialization;
using Penstock.Pipelines.Drift;

namespace Penstock.Http.Drift;

/// <summary>What drifted: <c>entity</c> is <c>newColumn</c>, <c>typeChange</c> or <c>missingColumn</c>, <c>mode</c> what the pipeline does then.</summary>
internal sealed record DriftView(
    string Pipeline, string Stream, string Path, string Entity, string Mode, string? Expected, string Found, string? Contract,
    DateTimeOffset FirstSeen, string FirstBlob, long FirstLine, DateTimeOffset LastSeen, long Records)
{
    public static IEnumerable<DriftView> Of(StreamSchema schema) => schema.Drifts.Select(drift => new DriftView(
        schema.Pipeline, schema.Stream, drift.Path, Name(drift.Entity), Name(drift.Mode), drift.Expected is { } expected ? Name(expected) : null, Name(drift.Found),
        drift.Contract, drift.FirstSeen, drift.FirstBlob, drift.FirstLine, drift.LastSeen, drift.Records));

    private static string Name<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

internal sealed record DriftList(IReadOnlyList<DriftView> Items);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(DriftList))]
internal sealed partial class DriftJson : JsonSerializerContext;

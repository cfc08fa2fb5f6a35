namespace Penstock.Pipelines.Records;

/// <summary>Where a stream's records have their key and their version.</summary>
/// <param name="Key">Paths into the record; none: the record's own hash is its key, so that landing it twice gives one.</param>
/// <param name="Version">The path of the field that orders versions; null: the order of landing.</param>
/// <param name="ValidFrom">The path of the field that says since when a record is valid; null: its version says it.</param>
public sealed record RecordIdentity(IReadOnlyList<IReadOnlyList<string>> Key, IReadOnlyList<string>? Version, IReadOnlyList<string>? ValidFrom = null);

using Penstock.Pipelines.Contracts.Checking;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Quality.Sets;

/// <summary>
/// What one raw blob of a run adds to the set that the contract's rules are about. It is there until the run is judged. A blob that is
/// transformed again overwrites its own.
/// </summary>
public sealed record BlobSet
{
    /// <summary>Records read.</summary>
    public required long Read { get; init; }

    /// <summary>Records that were JSON objects when they came to the contract.</summary>
    public required long Rows { get; init; }

    /// <summary>How many records break each rule about the values of a property.</summary>
    public IReadOnlyDictionary<string, long> Rules { get; init; } = new Dictionary<string, long>();

    /// <summary>For each rule about duplicates, what <see cref="SetHashes"/> has of its records.</summary>
    public IReadOnlyDictionary<string, byte[]> Values { get; init; } = new Dictionary<string, byte[]>();

    internal static BlobSet Of(RecordPass pass, TransformEntry entry, ReadOnlySpan<byte> key)
    {
        var values = new Dictionary<string, byte[]>();
        foreach (DuplicateCounter counter in pass.Duplicates)
            values[counter.Rule.Name] = SetHashes.Seal(counter.Pairs, key);
        return new BlobSet
        {
            Read = entry.Read,
            Rows = pass.Rows,
            Rules = pass.AllColumns().SelectMany(column => column.Rules).GroupBy(rule => rule.Rule.Name).ToDictionary(group => group.Key, group => group.Sum(rule => rule.Count)),
            Values = values,
        };
    }
}

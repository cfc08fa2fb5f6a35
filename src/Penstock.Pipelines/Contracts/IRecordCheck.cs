using System.Buffers;

namespace Penstock.Pipelines.Contracts;

/// <summary>Checks records of one stream. Not thread-safe: it is reused from record to record.</summary>
public interface IRecordCheck
{
    /// <summary>Gives the first rule that a record breaks, or null.</summary>
    /// <param name="json">One JSON object in UTF-8.</param>
    Violation? Check(ReadOnlySequence<byte> json);
}

/// <summary>A rule that a record breaks.</summary>
/// <param name="Rule">The rule, for example <c>required</c> or <c>logicalType</c>.</param>
/// <param name="Path">Where in the record; empty for the whole.</param>
/// <param name="Reason">What is wrong; never the record's content.</param>
public sealed record Violation(string Rule, string Path, string Reason);

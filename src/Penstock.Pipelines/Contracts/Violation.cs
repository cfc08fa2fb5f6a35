namespace Penstock.Pipelines.Contracts;

/// <summary>A rule that a record breaks.</summary>
/// <param name="Rule">The rule, for example <c>required</c> or <c>logicalType</c>.</param>
/// <param name="Path">Where in the record; empty for the whole.</param>
/// <param name="Reason">What is wrong; never the record's content.</param>
public sealed record Violation(string Rule, string Path, string Reason);

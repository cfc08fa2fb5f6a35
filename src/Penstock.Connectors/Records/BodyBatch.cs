namespace Penstock.Connectors.Records;

/// <summary>Some of the bodies that a response decodes to: JSON values without line breaks. Valid until the next batch.</summary>
/// <param name="Json">The buffer.</param>
/// <param name="Bodies">Where the values stand in it, in order.</param>
/// <param name="ListsAreBodies">Whether a value that is a list stands for its elements, each a body of its own.</param>
internal readonly record struct BodyBatch(ReadOnlyMemory<byte> Json, IReadOnlyList<Range> Bodies, bool ListsAreBodies = false);

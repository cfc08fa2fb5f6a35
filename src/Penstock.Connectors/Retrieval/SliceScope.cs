using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Retrieval;

/// <summary>A slice together with what templates see of it.</summary>
/// <param name="Slice">The slice.</param>
/// <param name="StreamSlice">
/// The variable <c>stream_slice</c> (also <c>stream_partition</c> and <c>stream_interval</c>): the partition's fields and the
/// window's, merged.
/// </param>
/// <param name="Variables">
/// Variables of the extra fields, which templates of requests see by their own name, as the reference passes them; null for none.
/// </param>
public sealed record SliceScope(StreamSlice Slice, Value StreamSlice, DictValue? Variables = null);

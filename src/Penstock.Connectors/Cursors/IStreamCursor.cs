using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Cursors;

/// <summary>
/// A stream's cursor: plans one partition's windows and moves its state. It holds no state itself. What the state or the
/// config makes impossible is thrown as a <see cref="Http.SourceFaultException"/>, which planning makes a result.
/// </summary>
public interface IStreamCursor : IPageCursor
{
    /// <summary>The names that templates and request options know the window's start by (<c>partition_field_start</c>).</summary>
    string StartField { get; }

    /// <summary>The names that templates and request options know the window's end by (<c>partition_field_end</c>).</summary>
    string EndField { get; }

    /// <summary>The windows to read from a state on, oldest first.</summary>
    /// <param name="state">The partition's state as Airbyte's JSON, or null.</param>
    /// <param name="asOf">What counts as now.</param>
    IEnumerable<SliceWindow> Plan(string? state, DateTimeOffset asOf);

    /// <summary>The windows of a backfill, whatever the state.</summary>
    /// <param name="window">The past window.</param>
    /// <param name="asOf">What counts as now.</param>
    IEnumerable<SliceWindow> PlanWithin(BackfillWindow window, DateTimeOffset asOf);

    /// <summary>The state after some complete windows; with none, the state as it is written today.</summary>
    /// <param name="state">The partition's state as Airbyte's JSON, or null.</param>
    /// <param name="complete">The windows that are complete.</param>
    /// <param name="asOf">What counts as now.</param>
    string Advance(string? state, IReadOnlyList<CompleteSlice> complete, DateTimeOffset asOf);

    /// <summary>A state's value moved back by some time.</summary>
    /// <param name="value">The value, in the form that states have it.</param>
    /// <param name="time">The time.</param>
    string Earlier(string value, TimeSpan time);

    /// <summary>A bound of a window as templates see it.</summary>
    /// <param name="bound">The start or the end.</param>
    Value ToValue(string bound);

    /// <summary>A cursor value in the form that states have it; null if it isn't a cursor value.</summary>
    /// <param name="cursorValue">The value as JSON in UTF-8, as a record has it.</param>
    string? Normalise(ReadOnlySpan<byte> cursorValue);
}

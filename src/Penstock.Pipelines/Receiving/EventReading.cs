namespace Penstock.Pipelines.Receiving;

/// <summary>What became of reading a body.</summary>
public abstract record EventReading
{
    private protected EventReading() { }
}

/// <summary>The body was read.</summary>
/// <param name="Records">Its records, in order; may be none. Each is one JSON object in UTF-8, without line breaks.</param>
public sealed record EventsRead(IReadOnlyList<ReadOnlyMemory<byte>> Records) : EventReading;

/// <summary>The body can't be read; nothing of it was taken.</summary>
/// <param name="Problem">What is wrong and what to do.</param>
/// <param name="Line">The line of the body, from 1; 0 if no place is to blame.</param>
/// <param name="Column">The byte in that line, from 1; 0 if no place is to blame.</param>
public sealed record EventsUnreadable(string Problem, long Line, long Column) : EventReading
{
    internal static EventsUnreadable From(System.Text.Json.JsonException e)
    {
        // The reader appends the place to its message; it has members of its own here.
        int place = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        string problem = place < 0 ? e.Message : e.Message[..place];
        return new EventsUnreadable(problem, e.LineNumber + 1 ?? 0, e.BytePositionInLine + 1 ?? 0);
    }
}

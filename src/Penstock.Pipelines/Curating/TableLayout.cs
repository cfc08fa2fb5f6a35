using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Curating;

/// <summary>How a table was written; the tables of a stream whose history is changed must be made anew from raw.</summary>
/// <param name="History">Which versions it shows.</param>
/// <param name="KeepsDeleted">Whether deleted records stay.</param>
internal sealed record TableLayout(HistoryMode History, bool KeepsDeleted)
{
    public static TableLayout Of(CuratedTable table) => new(table.History, table.KeepsDeleted);

    /// <summary>Refuses to mix two layouts.</summary>
    /// <exception cref="InvalidDataException">The stored layout is another one.</exception>
    public void MustBe(TableLayout stored, CuratedTable table)
    {
        if (stored != this)
            throw new InvalidDataException($"The curated table {table.Pipeline}/{table.Stream} holds '{stored}', but its pipeline now asks for '{this}'. Delete the table and replay the stream, or take the change back.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"history: {History.ToString().ToLowerInvariant()}{(KeepsDeleted ? ", deletes: flag" : "")}";
}

namespace Penstock.Simulator;

/// <summary>A search, as the parameters of one call describe it.</summary>
internal sealed class EarthquakeQuery
{
    public string Format { get; set; } = "quakeml";
    public string? EventId { get; set; }
    public int? Limit { get; set; }
    public int Offset { get; set; } = 1;
    public string OrderBy { get; set; } = "time";
    public bool HasStart { get; set; }
    public Area Area { get; } = new();

    /// <summary>What an event must satisfy. As in SQL, an event without a value satisfies no comparison with it.</summary>
    public List<Func<Earthquake, bool>> Filters { get; } = [];

    /// <summary>The matching events in order, after limit and offset.</summary>
    public IReadOnlyList<Earthquake> Run(EarthquakeCatalogue catalogue)
    {
        // An event id makes the service ignore every other filter; an offset without a limit it ignores too.
        var found = EventId is not null
            ? catalogue.Events.Where(candidate => candidate.Ids.Contains($",{EventId},", StringComparison.Ordinal))
            : catalogue.Events.Where(candidate => Filters.TrueForAll(filter => filter(candidate)) && Area.Contains(candidate));
        var ordered = Ordered(found);
        return [.. Limit is { } limit ? ordered.Skip(Offset - 1).Take(limit) : ordered];
    }

    // Ties keep the catalogue's order: the service leaves theirs to chance, tests need one that stays.
    private IEnumerable<Earthquake> Ordered(IEnumerable<Earthquake> found) => OrderBy switch
    {
        "time-asc" => found.OrderBy(candidate => candidate.Time),
        "magnitude" => found.OrderByDescending(candidate => candidate.Magnitude),
        "magnitude-asc" => found.OrderBy(candidate => candidate.Magnitude),
        _ => found.OrderByDescending(candidate => candidate.Time),
    };
}

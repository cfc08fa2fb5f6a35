using Microsoft.AspNetCore.Http;
using static Penstock.Simulator.Parameters;

namespace Penstock.Simulator;

/// <summary>The parameters of the query and count methods, with the ranges and the error texts of the USGS service.</summary>
internal sealed class QueryParser(int maxEvents, EarthquakeCatalogue catalogue, TimeProvider time, string keyParameter)
{
    private static readonly string[] NotSimulated =
    [
        "callback", "contributor", "includeallmagnitudes", "includeallorigins", "includearrivals", "includedeleted",
        "includesuperseded", "kmlanimated", "kmlcolorby", "productcode",
    ];

    private static readonly TimeSpan DefaultAge = TimeSpan.FromDays(30);

    private readonly Dictionary<string, Parameter> _parameters = All(maxEvents, catalogue);

    public ParsedQuery Parse(IQueryCollection parameters)
    {
        var query = new EarthquakeQuery();
        foreach (var (name, values) in parameters)
        {
            var value = values.LastOrDefault() ?? "";
            if (value.Length == 0 || name == keyParameter) continue;
            if (NotSimulated.Contains(name, StringComparer.Ordinal))
                return new ParsedQuery.Refused(501, $"The simulator does not implement the parameter \"{name}\".");
            if (!_parameters.TryGetValue(name, out var parameter)) return new ParsedQuery.Refused(400, $"Unknown parameter \"{name}\".");
            if (parameter(query, name, value) is { } problem) return new ParsedQuery.Refused(400, problem);
        }

        if (query.Area.Problem() is { } clash) return new ParsedQuery.Refused(400, clash);
        if (query.Format == "cap" && query.EventId is null)
            return new ParsedQuery.Refused(400, "Cannot use cap format without eventid parameter.");
        if (!query.HasStart)
        {
            var start = (time.GetUtcNow() - DefaultAge).ToUnixTimeSeconds() * 1000;
            query.Filters.Add(candidate => candidate.Time >= start);
        }

        return new ParsedQuery.Valid(query);
    }

    private static Dictionary<string, Parameter> All(int maxEvents, EarthquakeCatalogue catalogue)
    {
        var start = Time((query, from) => { query.HasStart = true; query.Filters.Add(candidate => candidate.Time >= from); });
        var end = Time((query, to) => query.Filters.Add(candidate => candidate.Time <= to));
        return new(StringComparer.Ordinal)
        {
            ["format"] = OneOf((query, format) => query.Format = format, ["quakeml", "geojson", "csv", "kml", "kmlraw", "xml", "text", "cap"]),
            ["starttime"] = start,
            ["start"] = start,
            ["endtime"] = end,
            ["end"] = end,
            ["updatedafter"] = Time((query, after) => query.Filters.Add(candidate => candidate.Updated >= after)),
            ["minlatitude"] = Float((query, value) => query.Area.MinLatitude = value, -90, 90),
            ["minlat"] = Float((query, value) => query.Area.MinLatitude = value, -90, 90),
            ["maxlatitude"] = Float((query, value) => query.Area.MaxLatitude = value, -90, 90),
            ["maxlat"] = Float((query, value) => query.Area.MaxLatitude = value, -90, 90),
            ["minlongitude"] = Float((query, value) => query.Area.MinLongitude = value, -360, 360),
            ["minlon"] = Float((query, value) => query.Area.MinLongitude = value, -360, 360),
            ["maxlongitude"] = Float((query, value) => query.Area.MaxLongitude = value, -360, 360),
            ["maxlon"] = Float((query, value) => query.Area.MaxLongitude = value, -360, 360),
            ["latitude"] = Float((query, value) => query.Area.Latitude = value, -90, 90),
            ["lat"] = Float((query, value) => query.Area.Latitude = value, -90, 90),
            ["longitude"] = Float((query, value) => query.Area.Longitude = value, -180, 180),
            ["lon"] = Float((query, value) => query.Area.Longitude = value, -180, 180),
            ["minradius"] = Float((query, value) => query.Area.MinRadius = value, 0, 180),
            ["maxradius"] = Float((query, value) => query.Area.MaxRadius = value, 0, 180),
            ["minradiuskm"] = Float((query, value) => query.Area.MinRadiusKm = value, 0, 20001.6),
            ["maxradiuskm"] = Float((query, value) => query.Area.MaxRadiusKm = value, 0, 20001.6),
            ["mindepth"] = AtLeast(candidate => candidate.Depth),
            ["maxdepth"] = AtMost(candidate => candidate.Depth),
            ["minmagnitude"] = AtLeast(candidate => candidate.Magnitude),
            ["minmag"] = AtLeast(candidate => candidate.Magnitude),
            ["maxmagnitude"] = AtMost(candidate => candidate.Magnitude),
            ["maxmag"] = AtMost(candidate => candidate.Magnitude),
            ["magnitudetype"] = Text((query, type) => query.Filters.Add(candidate => string.Equals(candidate.MagnitudeType, type, StringComparison.OrdinalIgnoreCase))),
            ["magtype"] = Text((query, type) => query.Filters.Add(candidate => string.Equals(candidate.MagnitudeType, type, StringComparison.OrdinalIgnoreCase))),
            ["minmmi"] = AtLeast(candidate => candidate.Mmi, 0, 12),
            ["maxmmi"] = AtMost(candidate => candidate.Mmi, 0, 12),
            ["mincdi"] = AtLeast(candidate => candidate.Cdi, 0, 12),
            ["maxcdi"] = AtMost(candidate => candidate.Cdi, 0, 12),
            ["mingap"] = AtLeast(candidate => candidate.Gap, 0, 360),
            ["maxgap"] = AtMost(candidate => candidate.Gap, 0, 360),
            ["minfelt"] = Integer((query, value) => query.Filters.Add(candidate => candidate.Felt >= value), 0),
            ["minsig"] = Integer((query, value) => query.Filters.Add(candidate => candidate.Significance >= value), 0),
            ["maxsig"] = Integer((query, value) => query.Filters.Add(candidate => candidate.Significance <= value), 0),
            ["alertlevel"] = OneOf((query, level) => query.Filters.Add(candidate => candidate.Alert == level), ["green", "yellow", "orange", "red"]),
            ["reviewstatus"] = OneOf((query, status) => query.Filters.Add(candidate => candidate.Status == status), ["automatic", "reviewed"]),
            ["catalog"] = OneOf((query, network) => query.Filters.Add(candidate => candidate.Network == network), catalogue.Networks),
            ["eventtype"] = Text((query, types) => query.Filters.Add(Types(types))),
            ["producttype"] = Text((query, type) => query.Filters.Add(candidate => candidate.ProductTypes.Contains($",{type},", StringComparison.Ordinal))),
            ["eventid"] = Text((query, id) => query.EventId = id),
            ["limit"] = Integer((query, limit) => query.Limit = limit, 0, maxEvents),
            ["offset"] = Integer((query, offset) => query.Offset = offset, 1),
            ["orderby"] = OneOf((query, order) => query.OrderBy = order, ["time", "time-asc", "magnitude", "magnitude-asc"]),
            // It picks the status of an empty QuakeML answer; an empty GeoJSON one is always a 200 without features.
            ["nodata"] = OneOf((_, _) => { }, ["204", "404"]),
            // Read by whoever writes an error.
            ["jsonerror"] = Text((_, _) => { }),
        };
    }

    private static Func<Earthquake, bool> Types(string list)
    {
        var types = list.Split(',').Select(type => type.Replace('_', ' ').ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        return candidate => candidate.Type is { } type && types.Contains(type);
    }
}

/// <summary>What the parameters of one call came to.</summary>
internal abstract record ParsedQuery
{
    private ParsedQuery() { }

    public sealed record Valid(EarthquakeQuery Query) : ParsedQuery;
    public sealed record Refused(int Status, string Message) : ParsedQuery;
}

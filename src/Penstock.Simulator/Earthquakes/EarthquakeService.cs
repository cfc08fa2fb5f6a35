using System.Text;
using System.Text.Json;

namespace Penstock.Simulator;

/// <summary>
/// The USGS FDSN event service over one real week of events (https://earthquake.usgs.gov/fdsnws/event/1/); its behaviour
/// follows the published source of the service (github.com/usgs/earthquake-event-ws).
/// </summary>
internal sealed class EarthquakeService(EarthquakeOptions options, bool gzip, TimeProvider time, string keyParameter)
{
    public const string Root = "/fdsnws/event/1/";
    public const string Dataset = "earthquakes";
    public const string Version = "1.14.1";

    private static readonly EarthquakeCatalogue Catalogue = EarthquakeCatalogue.Instance;

    private readonly QueryParser _parser = new(options.MaxEvents, Catalogue, time, keyParameter);

    public ServedRecords Served { get; } = new();

    public IEnumerable<string> ServedIds() => Served.Indexes().Select(index => Catalogue.Events[(int)index].Id);

    public static IEnumerable<string> AllIds() => Catalogue.Events.Select(earthquake => earthquake.Id);

    public Task AnswerAsync(Exchange exchange, string method) => method switch
    {
        "query" => ParsedAsync(exchange, QueryAsync),
        "count" => ParsedAsync(exchange, CountAsync),
        "version" => TextAsync(exchange, "text/plain;charset=UTF-8", Version),
        _ => Problem.NotFoundAsync(exchange, $"There are {Root}query, {Root}count and {Root}version."),
    };

    private Task ParsedAsync(Exchange exchange, Func<Exchange, EarthquakeQuery, Task> answer) => _parser.Parse(exchange.Request.Query) switch
    {
        ParsedQuery.Valid valid => answer(exchange, valid.Query),
        ParsedQuery.Refused refused => ServiceError.WriteAsync(exchange, refused.Status, refused.Message, time.GetUtcNow()),
        _ => throw new InvalidOperationException("A query is either valid or refused."),
    };

    private async Task QueryAsync(Exchange exchange, EarthquakeQuery query)
    {
        if (query.Format != "geojson")
        {
            await ErrorAsync(exchange, 501, $"The simulator does not implement the format \"{query.Format}\" of queries; ask for format=geojson.");
            return;
        }

        var found = query.Run(Catalogue);
        if (query.EventId is not null) await DetailAsync(exchange, found);
        else if (found.Count > options.MaxEvents) await ErrorAsync(exchange, 400, TooMany(found.Count) + " Modify the search to match fewer events.");
        else await CollectionAsync(exchange, query, found);
    }

    private async Task CollectionAsync(Exchange exchange, EarthquakeQuery query, IReadOnlyList<Earthquake> found)
    {
        exchange.Response.ContentType = "application/json;charset=utf-8";
        await exchange.WriteBodyAsync(body => GeoJsonWriter.WriteAsync(body, found, json =>
        {
            json.WriteNumber("generated", time.GetUtcNow().ToUnixTimeSeconds() * 1000);
            json.WriteString("url", new Uri(exchange.BaseAddress, exchange.PathAndQuery).AbsoluteUri);
            json.WriteString("title", "USGS Earthquakes");
            json.WriteNumber("status", 200);
            json.WriteString("api", Version);
            if (query.Limit is { } limit)
            {
                json.WriteNumber("limit", limit);
                json.WriteNumber("offset", query.Offset);
            }

            json.WriteNumber("count", found.Count);
        }), gzip, time);
        foreach (var earthquake in found) exchange.Serve(Served, earthquake.Index, 1);
    }

    private async Task DetailAsync(Exchange exchange, IReadOnlyList<Earthquake> found)
    {
        if (found.Count == 0)
        {
            await ErrorAsync(exchange, 404, "Not Found", detail: true);
            return;
        }

        exchange.Response.ContentType = "application/json;charset=utf-8";
        await exchange.WriteBodyAsync(body => GeoJsonWriter.WriteDetailAsync(body, found[0]), gzip, time);
        exchange.Serve(Served, found[0].Index, 1);
    }

    private async Task CountAsync(Exchange exchange, EarthquakeQuery query)
    {
        var count = query.Run(Catalogue).Count;
        var error = count > options.MaxEvents ? TooMany(count) + " A query using these search parameters would fail. Modify the search to match fewer events." : null;
        switch (query.Format)
        {
            case "geojson":
                exchange.Response.ContentType = "application/json";
                await using (var json = new Utf8JsonWriter(exchange.Response.BodyWriter, GeoJsonWriter.Options))
                {
                    json.WriteStartObject();
                    json.WriteNumber("count", count);
                    json.WriteNumber("maxAllowed", options.MaxEvents);
                    if (error is not null) json.WriteString("error", error);
                    json.WriteEndObject();
                }

                break;
            case "xml":
                await TextAsync(exchange, "application/xml",
                    $"<query><count>{count}</count><maxAllowed>{options.MaxEvents}</maxAllowed>{(error is null ? "" : $"<error>{error}</error>")}</query>");
                break;
            default:
                await TextAsync(exchange, "text/plain;charset=UTF-8", count.ToString());
                break;
        }
    }

    private string TooMany(int count) => $"{count} matching events exceeds search limit of {options.MaxEvents}.";

    private Task ErrorAsync(Exchange exchange, int status, string message, bool detail = false) =>
        ServiceError.WriteAsync(exchange, status, message, time.GetUtcNow(), detail);

    private static async Task TextAsync(Exchange exchange, string type, string text)
    {
        exchange.Response.ContentType = type;
        await exchange.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(text), exchange.Aborted);
    }
}

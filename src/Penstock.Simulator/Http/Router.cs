namespace Penstock.Simulator;

/// <summary>Finds who answers a path.</summary>
internal sealed class Router(DatasetService datasets, EarthquakeService? earthquakes)
{
    public Task RouteAsync(Exchange exchange)
    {
        var path = exchange.Request.Path.Value!;
        if (exchange.Request.Method != "GET")
        {
            exchange.Response.Headers.Allow = "GET";
            return Problem.WriteAsync(exchange, 405, "Method Not Allowed", "Only GET is answered here.");
        }

        if (earthquakes is not null && path.StartsWith(EarthquakeService.Root, StringComparison.Ordinal))
            return earthquakes.AnswerAsync(exchange, path[EarthquakeService.Root.Length..]);
        return datasets.AnswerAsync(exchange);
    }
}

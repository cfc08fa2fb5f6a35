using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Penstock.Simulator;

/// <summary>Serves the generated datasets: <c>/{name}</c>, <c>/{name}/{id}</c>, <c>/{name}/{id}/{child}</c> and so on.</summary>
internal sealed class DatasetService
{
    private readonly Dictionary<string, DatasetNode> _roots;
    private readonly SimulatorOptions _options;
    private readonly TimeProvider _time;

    public DatasetService(SimulatorOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _roots = options.Datasets.ToDictionary(dataset => dataset.Name, dataset => new DatasetNode(dataset, parent: null, options.Seed), StringComparer.Ordinal);
        All = _roots.Values.SelectMany(root => root.AndBelow()).ToDictionary(node => node.Path, StringComparer.Ordinal);
    }

    public IReadOnlyDictionary<string, DatasetNode> All { get; }

    public Task AnswerAsync(Exchange exchange)
    {
        var path = exchange.Request.Path.Value!;
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length == 0 || !_roots.TryGetValue(segments[0], out var node)) return Missing(exchange, path);
        var now = _time.GetUtcNow();
        long parent = 0;
        for (var place = 1; place < segments.Length; place++)
        {
            if (!node.TryFind(segments[place], parent, now, out var index)) return Missing(exchange, path);
            if (++place == segments.Length) return RecordAsync(exchange, node, parent, index);
            if (!node.Children.TryGetValue(segments[place], out node)) return Missing(exchange, path);
            parent = index;
        }

        return ListAsync(exchange, node, parent, now);
    }

    private Task ListAsync(Exchange exchange, DatasetNode node, long parent, DateTimeOffset now)
    {
        switch (ListRequest.Parse(exchange.Request.Query, node.Dataset, _options.Seed))
        {
            case Parsed<ListRequest>.Valid { Value: var request }:
                var range = RecordRange.Of(node.Dataset, node.CountUnder(parent, now), request.Since, request.Until, request.After);
                return WriteAsync(exchange, new Page(node, parent, range, request, _options.Seed));
            case Parsed<ListRequest>.Refused { Reason: var reason }:
                return Problem.BadRequestAsync(exchange, reason);
            default:
                throw new InvalidOperationException("Parameters are either valid or refused.");
        }
    }

    private async Task WriteAsync(Exchange exchange, Page page)
    {
        var dataset = page.Node.Dataset;
        exchange.Response.ContentType = dataset.Format == BodyFormat.JsonLines ? "application/x-ndjson" : "application/json";
        string AddressOf(string place) => Address(exchange, ListRequest.PlaceName(dataset.Paging), place);
        if (page.HasMore && (dataset.Paging == PagingStyle.Link || dataset.Format == BodyFormat.JsonLines))
            exchange.Response.Headers.Link = $"<{AddressOf(page.NextPlace)}>; rel=\"next\", <{AddressOf(ListRequest.Place(dataset.Paging, 0, page.Request.Size, _options.Seed))}>; rel=\"first\"";
        await exchange.WriteBodyAsync(body => page.WriteAsync(body, AddressOf), _options.Gzip, _time);
        exchange.Serve(page.Node.Served, page.First, page.Length);
    }

    private async Task RecordAsync(Exchange exchange, DatasetNode node, long parent, long index)
    {
        exchange.Response.ContentType = "application/json";
        await exchange.WriteBodyAsync(async body =>
        {
            await using var json = new Utf8JsonWriter(body, GeoJsonWriter.Options);
            node.Writer.Write(json, index, index - parent * node.Dataset.Count);
        }, _options.Gzip, _time);
        exchange.Serve(node.Served, index, 1);
    }

    /// <summary>The address of this list with another place in it, without any key.</summary>
    private string Address(Exchange exchange, string name, string place)
    {
        var kept = exchange.Request.Query.Where(parameter =>
            !parameter.Key.Equals(name, StringComparison.OrdinalIgnoreCase) && !parameter.Key.Equals(_options.Keys.QueryName, StringComparison.OrdinalIgnoreCase));
        var address = new Uri(exchange.BaseAddress, exchange.Request.Path.Value).AbsoluteUri;
        return QueryHelpers.AddQueryString(QueryHelpers.AddQueryString(address, kept), name, place);
    }

    private static Task Missing(Exchange exchange, string path) => Problem.NotFoundAsync(exchange, $"Nothing is served at {path}.");
}

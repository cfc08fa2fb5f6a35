using Penstock.Http.Routing;

namespace Penstock.Cli.Tests.LocalHost;

/// <summary>Notes which endpoint of the table each request met, and how it was answered.</summary>
internal sealed class EndpointRecorder() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    private readonly HashSet<(string Name, int Status)> _met = [];

    /// <summary>The endpoints that never answered as they do when all goes well.</summary>
    public IEnumerable<string> Missing() => EndpointTable.All
        .Where(endpoint => !endpoint.Answers.Any(answer => _met.Contains((endpoint.Name, answer.Status))))
        .Select(endpoint => $"{endpoint.Name}: {endpoint.Method} {endpoint.Route}");

    /// <summary>The endpoints of those that never answered with a status.</summary>
    public IEnumerable<string> Missing(IEnumerable<Endpoint> of, int status) => of.Where(endpoint => !_met.Contains((endpoint.Name, status))).Select(endpoint => endpoint.Name);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        string[] path = request.RequestUri!.AbsolutePath.Split('/');
        // Routing prefers what is written out to a parameter.
        Endpoint? endpoint = EndpointTable.All
            .Where(one => one.Method == request.Method.Method && Matches(one.Route.Split('/'), path))
            .MinBy(one => one.Route.Count(letter => letter == '{'));
        if (endpoint is not null)
            _met.Add((endpoint.Name, (int)response.StatusCode));
        return response;
    }

    private static bool Matches(string[] route, string[] path) =>
        route.Length == path.Length && route.Zip(path).All(part => part.First.StartsWith('{') || part.First == part.Second);
}

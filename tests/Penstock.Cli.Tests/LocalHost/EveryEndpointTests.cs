using System.Net;
using System.Text;
using System.Text.Json;
using Penstock.Http.OpenApi;
using Penstock.Http.Problems;
using Penstock.Http.Routing;

namespace Penstock.Cli.Tests.LocalHost;

/// <summary>Every endpoint of the table, over real HTTP on the host of <c>penstock up</c>.</summary>
public class EveryEndpointTests
{
    private static IEnumerable<Endpoint> Guarded => EndpointTable.All.Where(endpoint => !endpoint.IsOpen);

    private static HttpRequestMessage Request(Endpoint endpoint, Func<string, string> parameter, string? body = null)
    {
        string path = string.Join('/', endpoint.Route.Split('/').Select(part => part.StartsWith('{') ? Uri.EscapeDataString(parameter(part.Trim('{', '}'))) : part));
        var request = new HttpRequestMessage(new HttpMethod(endpoint.Method), path);
        if (endpoint.Method != "GET")
            request.Content = new StringContent(body ?? "{}", Encoding.UTF8, "application/json");
        return request;
    }

    private static string Known(string parameter) => parameter switch { "pipeline" => "sample", "stream" => "numbers", "queue" => "extract", _ => "nothing" };

    [Fact]
    public async Task without_the_key_it_is_refused()
    {
        await using var host = await RunningHost.StartAsync(RunningHost.Options with { Key = "0123456789abcdef" });
        foreach (Endpoint endpoint in Guarded)
            await (await host.Client.SendAsync(Request(endpoint, Known))).ProblemAsync(ProblemTypes.WrongKey);
    }

    [Fact]
    public async Task from_another_sites_page_it_is_refused()
    {
        await using var host = await RunningHost.StartAsync();
        foreach (Endpoint endpoint in Guarded)
        {
            HttpRequestMessage request = Request(endpoint, Known);
            request.Headers.Add("Origin", "https://evil.example");
            await (await host.Client.SendAsync(request)).ProblemAsync(ProblemTypes.ForeignOrigin);
        }
    }

    [Theory]
    [InlineData("known", "{}")]
    [InlineData("known", "{\"nonsense\":1}")]
    [InlineData("known", "{")]
    [InlineData("known", "[]")]
    [InlineData("nothing", "{}")]
    [InlineData("a b/ü'\"", "{}")]
    public async Task whatever_is_sent_it_answers_with_what_its_description_says(string parameter, string body)
    {
        await using var host = await RunningHost.StartAsync();
        foreach (Endpoint endpoint in EndpointTable.All.Where(one => one.Route.StartsWith("/api/", StringComparison.Ordinal)))
        {
            HttpResponseMessage response = await host.Client.SendAsync(Request(endpoint, name => parameter == "known" ? Known(name) : parameter, body));
            int status = (int)response.StatusCode;
            if (endpoint.Answers.Any(answer => answer.Status == status))
                continue;
            // Routing takes no slash in a parameter, however it is written.
            if (parameter.Contains('/') && response.StatusCode is HttpStatusCode.NotFound)
                continue;
            string text = await response.Content.ReadAsStringAsync();
            Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", $"{endpoint.Method} {endpoint.Route} answered {status}: {text}");
            string? type = JsonDocument.Parse(text).RootElement.GetProperty("type").GetString();
            Assert.True(status != 500 && OpenApiDocument.ProblemsOf(endpoint).Any(problem => problem.Uri == type && problem.Status == status), $"{endpoint.Method} {endpoint.Route} answered {status} {type}, which isn't described.");
        }
    }

    [Fact]
    public async Task a_key_that_is_too_long_is_refused_by_each_that_takes_one()
    {
        await using var host = await RunningHost.StartAsync();
        foreach (Endpoint endpoint in Guarded.Where(endpoint => endpoint.Method == "POST" && endpoint.Name is not ("StartBackfill" or "StartReplay")))
        {
            HttpRequestMessage request = Request(endpoint, Known);
            request.Headers.TryAddWithoutValidation("Idempotency-Key", new string('k', 256));
            await (await host.Client.SendAsync(request)).ProblemAsync(ProblemTypes.BadRequest);
        }
    }
}

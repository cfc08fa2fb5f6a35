using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Problems;

namespace Penstock.Http.Tests.Problems;

public class DocumentationTests
{
    private static readonly string Api = File.ReadAllText(Path.Combine(Root(), "docs", "api.md"));

    [Fact]
    public void every_kind_of_problem_is_documented_with_its_status()
    {
        foreach (ProblemType type in ProblemTypes.All)
            Assert.Contains($"| `{type.Name}` | {type.Status} |", Api);
    }

    [Fact]
    public void every_kind_of_problem_is_listed_once()
    {
        var declared = typeof(ProblemTypes).GetFields().Select(field => field.GetValue(null)).OfType<ProblemType>().ToList();
        Assert.Equal(declared.Select(type => type.Name).Order(), ProblemTypes.All.Select(type => type.Name).Order());
        Assert.Equal(declared.Count, declared.Select(type => type.Uri).Distinct().Count());
    }

    [Fact]
    public async Task every_address_is_documented()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        foreach (RouteEndpoint endpoint in api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            string method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single();
            Assert.Contains($"| `{method} {endpoint.RoutePattern.RawText}", Api);
        }
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Functions.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests must run inside the repository.");
    }
}

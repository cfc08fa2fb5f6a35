using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Penstock.Emulators;
using Penstock.Http.OpenApi;
using Penstock.Http.Problems;
using Penstock.Http.Routing;

namespace Penstock.Http.Tests.OpenApi;

public class OpenApiTests
{
    private static readonly byte[] Bytes = OpenApiDocument.Write(EndpointTable.All);
    private static readonly JsonNode Document = JsonNode.Parse(Bytes)!;

    // Reads the document from standard input; the validator has OpenAPI's own JSON Schema of 3.1.
    private const string Validate = """
        import { Validator } from '@seriousme/openapi-schema-validator';
        const result = await new Validator().validate(await new Response(process.stdin).text());
        console.log(JSON.stringify(result.valid ? [] : result.errors));
        """;

    [Fact]
    public async Task the_document_is_valid_by_the_schema_of_openapi_3_1()
    {
        string folder = await EmulatorPackages.InstalledAsync(new EmulatorOptions(), TestContext.Current.CancellationToken);
        using Process node = NodeProcess.Start("node", folder, ["--input-type=module", "--eval", Validate], []);
        await node.StandardInput.BaseStream.WriteAsync(Bytes, TestContext.Current.CancellationToken);
        node.StandardInput.Close();
        string output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("[]", output.Trim());
    }

    [Fact]
    public async Task it_is_served()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        HttpResponseMessage response = await api.Client.GetAsync("/api/openapi.json");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("3.1.0", (await response.JsonAsync()).GetProperty("openapi").GetString());
    }

    [Fact]
    public void every_route_is_described_with_its_parameters_and_an_answer() => Assert.All(EndpointTable.All, endpoint =>
    {
        JsonNode operation = Document["paths"]![endpoint.Route]![endpoint.Method.ToLowerInvariant()]!;
        Assert.Equal(endpoint.Name, (string?)operation["operationId"]);
        Assert.NotEmpty(endpoint.Answers);
        Assert.EndsWith(".", endpoint.Summary);
        string[] parameters = [.. (operation["parameters"]?.AsArray() ?? []).Where(one => (string?)one!["in"] == "path").Select(one => (string)one!["name"]!)];
        Assert.Equal(endpoint.Route.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}')), parameters);
    });

    [Fact]
    public void every_kind_of_problem_is_described() => Assert.All(ProblemTypes.All, type =>
        Assert.Equal(type.Uri, (string?)Document["components"]!["responses"]![type.Name]!["content"]!["application/problem+json"]!["schema"]!["properties"]!["type"]!["enum"]![0]));

    [Fact]
    public void every_reference_leads_somewhere()
    {
        foreach (string reference in References(Document))
        {
            JsonNode? at = Document;
            foreach (string part in reference[2..].Split('/'))
                at = at?[part];
            Assert.True(at is not null, reference);
        }
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(member => member.Key == "$ref" ? [(string)member.Value!] : References(member.Value)),
        JsonArray array => array.SelectMany(References),
        _ => [],
    };

    [Fact]
    public void an_operation_has_a_name_of_its_own() =>
        Assert.Equal(EndpointTable.All.Count, EndpointTable.All.Select(endpoint => endpoint.Name).Distinct().Count());
}

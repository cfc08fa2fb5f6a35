using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Penstock.Http.Problems;
using Penstock.Http.Routing;

namespace Penstock.Http.OpenApi;

/// <summary>Writes the OpenAPI 3.1 document of a table of endpoints.</summary>
internal static partial class OpenApiDocument
{
    private static readonly JsonWriterOptions Format = new() { Indented = true };

    /// <summary>Writes it as UTF-8.</summary>
    public static byte[] Write(IReadOnlyList<Endpoint> endpoints)
    {
        var schemas = new OpenApiSchemas();
        var paths = new JsonObject();
        foreach (var route in endpoints.GroupBy(endpoint => endpoint.Route))
        {
            var operations = new JsonObject();
            foreach (Endpoint endpoint in route)
                operations[endpoint.Method.ToLowerInvariant()] = Operation(endpoint, schemas);
            paths[route.Key] = operations;
        }

        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Penstock",
                ["version"] = "1",
                ["summary"] = "The operators' API: pipelines, runs, backfills, replays, state, dead letters.",
                ["description"] = "Every error is a problem as RFC 9457 has it. Lists have 'items' and, if there are more, 'next', which goes into 'after'.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] = new JsonArray([.. endpoints.Select(endpoint => endpoint.Tag).Distinct().Select(tag => (JsonNode)new JsonObject { ["name"] = tag })]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.Components(),
                ["responses"] = Problems(),
                ["securitySchemes"] = new JsonObject
                {
                    ["key"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "x-functions-key", ["description"] = "A function key, or the key of the local host." },
                    ["entra"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT", ["description"] = "A token of Entra ID, where the app asks for one." },
                },
            },
            ["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() }, new JsonObject { ["entra"] = new JsonArray() }),
        };
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Format))
            document.WriteTo(json);
        return output.WrittenSpan.ToArray();
    }

    private static JsonObject Operation(Endpoint endpoint, OpenApiSchemas schemas)
    {
        var operation = new JsonObject
        {
            ["operationId"] = endpoint.Name,
            ["tags"] = new JsonArray(endpoint.Tag),
            ["summary"] = endpoint.Summary,
        };
        if (endpoint.IsOpen)
            operation["security"] = new JsonArray();
        if (Parameters(endpoint) is { Count: > 0 } parameters)
            operation["parameters"] = parameters;
        if (endpoint.Body is { } body)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = !endpoint.IsBodyOptional,
                ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = schemas.Of(body) } },
            };
        }

        var responses = new JsonObject();
        foreach (EndpointAnswer answer in endpoint.Answers)
            responses[$"{answer.Status}"] = Answer(endpoint, answer, schemas);
        foreach (var status in ProblemsOf(endpoint).GroupBy(problem => problem.Status).OrderBy(status => status.Key))
            responses[$"{status.Key}"] = Problem([.. status]);
        operation["responses"] = responses;
        return operation;
    }

    private static JsonArray Parameters(Endpoint endpoint)
    {
        var parameters = new JsonArray();
        foreach (Match match in RouteParameter().Matches(endpoint.Route))
            parameters.Add(Parameter("path", match.Groups["name"].Value, null, true, new JsonObject { ["type"] = "string" }));
        foreach (QueryParameter query in endpoint.Query)
        {
            var schema = new JsonObject { ["type"] = query.Type };
            if (query.Values is { } values)
                schema["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]);
            parameters.Add(Parameter("query", query.Name, query.Description, false, schema));
        }

        if (endpoint is { Method: "POST", IsOpen: false })
            parameters.Add(Parameter("header", "Idempotency-Key", "Names the request: sent again with the same key, it is done once.", false, new JsonObject { ["type"] = "string", ["maxLength"] = 255 }));
        if (endpoint.HasETag && endpoint.Method != "GET")
            parameters.Add(Parameter("header", "If-Match", "The ETag that was read; the change is refused if somebody else changed it since.", false, new JsonObject { ["type"] = "string" }));
        return parameters;
    }

    private static JsonObject Parameter(string place, string name, string? description, bool isRequired, JsonObject schema)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place, ["required"] = isRequired, ["schema"] = schema };
        if (description is not null)
            parameter["description"] = description;
        return parameter;
    }

    private static JsonObject Answer(Endpoint endpoint, EndpointAnswer answer, OpenApiSchemas schemas)
    {
        var response = new JsonObject { ["description"] = answer.Description };
        var headers = new JsonObject { ["X-Request-Id"] = Header("Names the request in logs and traces.") };
        if (answer.HasLocation)
            headers["Location"] = Header("Where to follow it.");
        if (endpoint.HasETag)
            headers["ETag"] = Header("Names this version; goes into If-Match.");
        response["headers"] = headers;
        if (answer.Body is { } body)
            response["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = schemas.Of(body) } };
        return response;
    }

    private static JsonObject Header(string description) =>
        new() { ["description"] = description, ["schema"] = new JsonObject { ["type"] = "string" } };

    /// <summary>Every problem that an endpoint may answer with.</summary>
    public static IEnumerable<ProblemType> ProblemsOf(Endpoint endpoint)
    {
        IEnumerable<ProblemType> common = endpoint.IsOpen ? [ProblemTypes.Unexpected] : [ProblemTypes.WrongKey, ProblemTypes.ForeignOrigin, ProblemTypes.Unexpected];
        IEnumerable<ProblemType> ofParameters = endpoint.Query.Count > 0 ? [ProblemTypes.BadRequest] : [];
        IEnumerable<ProblemType> ofChanges = endpoint.IsOpen || endpoint.Method == "GET" ? [] : [ProblemTypes.Forbidden, ProblemTypes.BadBody, ProblemTypes.TooLarge, ProblemTypes.WrongContentType, ProblemTypes.Invalid, ProblemTypes.Busy];
        IEnumerable<ProblemType> ofKeys = endpoint.IsOpen || endpoint.Method != "POST" ? [] : [ProblemTypes.KeyReused, ProblemTypes.Underway, ProblemTypes.BadRequest];
        return endpoint.Problems.Concat(common).Concat(ofParameters).Concat(ofChanges).Concat(ofKeys).Distinct();
    }

    // One kind of problem is a component; several of one status are told apart by their type.
    private static JsonObject Problem(IReadOnlyList<ProblemType> types) => types.Count == 1
        ? new JsonObject { ["$ref"] = $"#/components/responses/{types[0].Name}" }
        : new JsonObject
        {
            ["description"] = string.Join("; or: ", types.Select(type => $"{type.Title} ({type.Name})")),
            ["content"] = ProblemContent([.. types.Select(type => type.Uri)]),
        };

    private static JsonObject Problems()
    {
        var responses = new JsonObject();
        foreach (ProblemType type in ProblemTypes.All)
            responses[type.Name] = new JsonObject { ["description"] = type.Title, ["content"] = ProblemContent([type.Uri]) };
        return responses;
    }

    private static JsonObject ProblemContent(IReadOnlyList<string> types) => new()
    {
        ["application/problem+json"] = new JsonObject
        {
            ["schema"] = new JsonObject
            {
                ["allOf"] = new JsonArray(new JsonObject { ["$ref"] = "#/components/schemas/Problem" }),
                ["properties"] = new JsonObject { ["type"] = new JsonObject { ["enum"] = new JsonArray([.. types.Select(type => (JsonNode)type)]) } },
            },
        },
    };

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex RouteParameter();
}

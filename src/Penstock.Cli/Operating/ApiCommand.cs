using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Output;

namespace Penstock.Cli.Operating;

/// <summary>A command that is one request of the operators' API: its arguments are the address's parameters, its options the query or the body.</summary>
internal sealed partial class ApiCommand : PenstockCommand
{
    private readonly Surroundings _surroundings;
    private readonly Option<Uri> _url = ApiOptions.Url();
    private readonly AccessOptions _access = new();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<string?> _ifMatch = new("--if-match") { Description = "The version that you saw (its ETag); refused if it has changed.", HelpName = "ETAG" };
    private readonly Option<string?> _idempotencyKey = new("--idempotency-key") { Description = "Names the request: given again, it is done once.", HelpName = "KEY" };
    private readonly Option<bool> _watch = new("--watch", "-w") { Description = "Watch it until it ends." };

    public ApiCommand(Surroundings surroundings, string name, string description, string method, string route, params (string Line, string Meaning)[] examples)
        : base(name, description, examples)
    {
        (_surroundings, Method, Route) = (surroundings, method, route);
        foreach (Match parameter in RouteParameter().Matches(route))
            Add(new Argument<string>(parameter.Groups["name"].Value) { HelpName = parameter.Groups["name"].Value.ToUpperInvariant() });
        Add(_url);
        _access.AddTo(this);
        Add(_json);
        if (method == "POST")
            Add(_idempotencyKey);
    }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The address, as the API's table has it.</summary>
    public string Route { get; }

    /// <summary>Parameters of the query.</summary>
    public IReadOnlyList<ApiField> Query { get; init => Add(field = value); } = [];

    /// <summary>Members of the body.</summary>
    public IReadOnlyList<ApiField> Body { get; init => Add(field = value); } = [];

    /// <summary>How the answer is shown to people; null: as JSON.</summary>
    public ApiTable? Table { get; init; }

    /// <summary>How the answer to <c>--dry-run</c> is shown to people.</summary>
    public ApiTable? DryTable { get; init; }

    /// <summary>Whether a change may be guarded with <c>--if-match</c>, and the answer's version is told.</summary>
    public bool HasETag
    {
        get;
        init
        {
            field = value;
            if (value && Method != "GET")
                Add(_ifMatch);
        }
    }

    /// <summary>Whether what it begins or shows may be watched until it ends.</summary>
    public bool IsWatched
    {
        get;
        init
        {
            field = value;
            if (value)
                Add(_watch);
        }
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ApiRequest request;
        try
        {
            request = Request(parsed);
        }
        catch (InvalidDataException e)
        {
            return Failure.Report(_surroundings, e.Message, "Correct the file, or its path.", ExitCode.BadInput);
        }

        using ApiClient client = _access.Open(parsed.GetRequiredValue(_url), parsed, _surroundings);
        ApiReply reply = await client.SendAsync(request, cancellationToken);
        if (reply is ApiAnswer begun && IsWatched && parsed.GetValue(_watch) && (begun.Location ?? (Method == "GET" ? request.Path : null)) is { } follow)
            reply = await new ApiWatch(_surroundings, client).RunAsync(follow, cancellationToken);
        if (reply is ApiRefusal refusal)
            return Failure.Report(_surroundings, refusal.Message, refusal.Next, refusal.IsOurFault ? ExitCode.Failed : ExitCode.BadInput);
        return Show(parsed, (ApiAnswer)reply);
    }

    private int Show(ParseResult parsed, ApiAnswer answer)
    {
        bool isDry = DryTable is not null && IsDry(parsed);
        if (parsed.GetValue(_json) || (isDry ? DryTable : Table) is not { } table)
            Report.WriteJson(_surroundings, answer.Json);
        else
            table.Write(_surroundings, answer.Json);
        if (HasETag && answer.ETag is { } etag && !parsed.GetValue(_json))
            _surroundings.Error.WriteLine($"version: {etag}");
        return answer.Json.ValueKind == JsonValueKind.Object && answer.Json.TryGetProperty("status", out JsonElement status) && status.ValueKind == JsonValueKind.String && status.GetString() == "failed"
            ? ExitCode.Failed
            : ExitCode.Ok;
    }

    private static bool IsDry(ParseResult parsed) => parsed.GetValue<bool>("--dry-run");

    private ApiRequest Request(ParseResult parsed)
    {
        string path = RouteParameter().Replace(Route, match => Uri.EscapeDataString(parsed.GetRequiredValue<string>(match.Groups["name"].Value)));
        string query = string.Join('&', Query.Select(field => (field.Member, Value: field.Value(parsed, _surroundings))).Where(field => field.Value is not null)
            .Select(field => $"{field.Member}={Uri.EscapeDataString(field.Value!.ToString())}"));
        JsonNode? body = Body.FirstOrDefault(field => field.IsBody) is { } whole ? whole.Value(parsed, _surroundings) : null;
        if (body is null && Body.Count > 0)
        {
            var members = new JsonObject();
            foreach (ApiField field in Body)
            {
                if (field.Value(parsed, _surroundings) is { } value)
                    members[field.Member] = value;
            }

            body = members;
        }

        return new ApiRequest(Method, query.Length > 0 ? $"{path}?{query}" : path, body, Method == "POST" ? parsed.GetValue(_idempotencyKey) : null, HasETag && Method != "GET" ? parsed.GetValue(_ifMatch) : null);
    }

    private void Add(IReadOnlyList<ApiField> fields)
    {
        foreach (ApiField field in fields)
            Add(field.Option());
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex RouteParameter();
}

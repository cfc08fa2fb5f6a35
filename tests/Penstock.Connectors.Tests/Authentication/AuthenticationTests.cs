using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Penstock.Connectors.Authentication;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Tests.Retrieval;
using static Penstock.Connectors.Tests.Retrieval.StubSource;

namespace Penstock.Connectors.Tests.Authentication;

public class AuthenticationTests
{
    private const string One = """{"data":[{"id":1}]}""";

    private static string With(string authenticator, string requester = "") =>
        ReadingFixture.Plain.Replace("path: items }", $"path: items, {requester} authenticator: {authenticator} }}");

    private static async Task<StubRequest> SentAsync(string authenticator, string config = "{}", string requester = "")
    {
        var source = new StubSource(_ => Json(One));
        var reading = await new ReadingFixture(source) { Config = config }.ReadAsync(With(authenticator, requester));
        Assert.Null(reading.Error);
        return source.Requests[^1];
    }

    [Fact]
    public async Task A_bearer_token_comes_from_the_config() =>
        Assert.Equal("Bearer t1", (await SentAsync("{ type: BearerAuthenticator, api_token: \"{{ config['key'] }}\" }", """{"key":"t1"}"""))["Authorization"]);

    [Fact]
    public async Task Basic_authentication_joins_user_and_password()
    {
        Assert.Equal("Basic dTpww7w=", (await SentAsync("{ type: BasicHttpAuthenticator, username: u, password: \"{{ config.p }}\" }", """{"p":"pü"}"""))["Authorization"]);
        Assert.Equal("Basic dTo=", (await SentAsync("{ type: BasicHttpAuthenticator, username: u }"))["Authorization"]);
    }

    [Fact]
    public async Task An_API_key_goes_to_a_header_the_query_or_the_body()
    {
        Assert.Equal("k", (await SentAsync("{ type: ApiKeyAuthenticator, api_token: k, header: X-Key }"))["X-Key"]);
        Assert.Equal("Key k", (await SentAsync("{ type: ApiKeyAuthenticator, api_token: \"Key k\", inject_into: { type: RequestOption, inject_into: header, field_name: \"X-{{ config.n }}\" } }", """{"n":"N"}"""))["X-N"]);
        Assert.Equal("?key=k%2F1", (await SentAsync("{ type: ApiKeyAuthenticator, api_token: k/1, inject_into: { type: RequestOption, inject_into: request_parameter, field_name: key } }")).Url.Query);
        Assert.Equal("key=k", (await SentAsync("{ type: ApiKeyAuthenticator, api_token: k, inject_into: { type: RequestOption, inject_into: body_data, field_name: key } }", requester: "http_method: POST,")).Body);
        var json = await SentAsync("{ type: ApiKeyAuthenticator, api_token: k, inject_into: { type: RequestOption, inject_into: body_json, field_path: [auth, key] } }", requester: "http_method: POST, request_body_json: { auth: { user: u } },");
        Assert.Equal("""{"auth":{"user":"u","key":"k"}}""", json.Body);
        Assert.Equal("application/json", json["Content-Type"]);
    }

    [Fact]
    public async Task The_config_selects_an_authenticator()
    {
        const string Selective = "{ type: SelectiveAuthenticator, authenticator_selection_path: [auth, kind], authenticators: { a: { type: NoAuth }, b: { type: BearerAuthenticator, api_token: t } } }";
        Assert.Equal("Bearer t", (await SentAsync(Selective, """{"auth":{"kind":"b"}}"""))["Authorization"]);
        Assert.Null((await SentAsync(Selective, """{"auth":{"kind":"a"}}"""))["Authorization"]);
        var reading = await new ReadingFixture(new StubSource()) { Config = """{"auth":{"kind":"c"}}""" }.ReadAsync(With(Selective));
        Assert.Equal(SourceErrorKind.Config, reading.Error!.Kind);
    }

    [Fact]
    public async Task An_authenticator_that_is_unknown_is_a_problem_with_its_place()
    {
        var fixture = new ReadingFixture(new StubSource());
        fixture.Build(With("{ type: CustomAuthenticator, class_name: x.Y }"));
        Assert.Contains(fixture.Problems, problem => problem.Severity == ProblemSeverity.Error && problem.Path.EndsWith("requester.authenticator", StringComparison.Ordinal));
        await Task.CompletedTask;
    }

    private const string OAuth = """
        { type: OAuthAuthenticator, token_refresh_endpoint: "https://login.example.com/token", client_id: c, client_secret: "{{ config.secret }}", refresh_token: "{{ config.refresh }}", scopes: [a, b], refresh_request_body: { tenant: "{{ config.tenant }}" } }
        """;

    private const string OAuthConfig = """{"secret":"s&","refresh":"r","tenant":7,"credentials":{"refresh_token":"r1","client_id":"c","client_secret":"s"}}""";

    [Fact]
    public async Task An_access_token_is_got_once_and_again_when_it_ends()
    {
        var source = new StubSource(request => Json(request.Url.Host == "login.example.com" ? """{"data":{"access_token":"t","expires_in":"60"}}""" : One));
        var fixture = new ReadingFixture(source) { Config = OAuthConfig };
        var retriever = fixture.Build(With(OAuth.Trim()))!;
        await fixture.ReadAsync(retriever);
        await fixture.ReadAsync(retriever);
        fixture.Time.Advance(TimeSpan.FromSeconds(61));
        await fixture.ReadAsync(retriever);
        Assert.Equal(["POST", "GET", "GET", "POST", "GET"], source.Requests.Select(request => request.Method));
        Assert.Equal("grant_type=refresh_token&client_id=c&client_secret=s%26&refresh_token=r&scopes=a&scopes=b&tenant=7", source.Requests[0].Body);
        Assert.Equal("application/x-www-form-urlencoded", source.Requests[0]["Content-Type"]);
        Assert.All(source.Requests.Where(request => request.Method == "GET"), request => Assert.Equal("Bearer t", request["Authorization"]));
    }

    [Fact]
    public async Task Client_credentials_have_no_refresh_token_and_a_client_in_the_header_is_not_repeated()
    {
        var source = new StubSource(request => Json(request.Method == "POST" ? """{"token":"t"}""" : One));
        await new ReadingFixture(source) { Config = OAuthConfig }.ReadAsync(With(
            "{ type: OAuthAuthenticator, token_refresh_endpoint: \"https://login.example.com/token\", client_id: c, client_secret: s, grant_type: client_credentials, access_token_name: token, refresh_request_headers: { Authorization: \"Basic x\" } }"));
        Assert.Equal("grant_type=client_credentials", source.Requests[0].Body);
        Assert.Equal("Basic x", source.Requests[0]["Authorization"]);
        Assert.Equal("Bearer t", source.Requests[1]["Authorization"]);
    }

    [Fact]
    public async Task A_refresh_token_that_is_no_longer_good_is_the_configs_fault()
    {
        var source = new StubSource(_ => Json("""{"error":"invalid_grant","token":"r"}""", 400));
        var reading = await new ReadingFixture(source) { Config = OAuthConfig }.ReadAsync(With(OAuth.Trim()));
        Assert.Equal(SourceErrorKind.Config, reading.Error!.Kind);
        Assert.Contains("refresh token is invalid or expired", reading.Error.Message);
    }

    [Fact]
    public async Task A_token_endpoint_that_is_down_is_tried_again()
    {
        var down = 2;
        var source = new StubSource(request => request.Method == "GET" ? Json(One) : down-- > 0 ? Json("", 503) : Json("""{"access_token":"t"}"""));
        Assert.Single((await new ReadingFixture(source) { Config = OAuthConfig }.ReadAsync(With(OAuth.Trim()))).Records);
    }

    [Fact]
    public async Task A_single_use_refresh_token_is_kept_before_it_is_used_again()
    {
        var number = 1;
        var source = new StubSource(request => Json(request.Method == "POST" ? $$"""{"access_token":"a{{++number}}","refresh_token":"r{{number}}","expires_in":60}""" : One));
        var store = new MemoryTokens();
        var fixture = new ReadingFixture(source) { Config = OAuthConfig, Tokens = store };
        var authenticator = "{ type: OAuthAuthenticator, token_refresh_endpoint: \"https://login.example.com/token\", client_id: c, client_secret: s, refresh_token_updater: { } }";
        var (first, second) = (fixture.Build(With(authenticator))!, fixture.Build(With(authenticator))!);
        await fixture.ReadAsync(first);
        await fixture.ReadAsync(second);
        fixture.Time.Advance(TimeSpan.FromMinutes(2));
        await fixture.ReadAsync(second);
        var refreshes = source.Requests.Where(request => request.Method == "POST").ToList();
        Assert.Equal(2, refreshes.Count);
        Assert.Contains("refresh_token=r1", refreshes[0].Body);
        Assert.Contains("refresh_token=r2", refreshes[1].Body);
        Assert.Equal(["credentials.access_token=a3", "credentials.token_expiry_date=2025-06-15T12:03:00.000000+00:00", "credentials.refresh_token=r3"], store.Last);
    }

    private sealed class MemoryTokens : ITokenStore
    {
        public List<string> Last { get; private set; } = [];

        public ValueTask SaveAsync(IReadOnlyList<ConfigChange> changes, CancellationToken cancellationToken = default)
        {
            Last = [.. changes.Select(change => $"{change}={change.Value}")];
            return default;
        }
    }

    [Fact]
    public async Task A_token_that_the_source_no_longer_takes_is_renewed_when_the_connector_says_so()
    {
        var issued = 0;
        var source = new StubSource(request => request.Method == "POST" ? Json($$"""{"access_token":"t{{++issued}}"}""") : Json(One, request["Authorization"] == "Bearer t1" ? 401 : 200));
        var retriever = With(OAuth.Trim(), "error_handler: { type: DefaultErrorHandler, response_filters: [ { type: HttpResponseFilter, action: REFRESH_TOKEN_THEN_RETRY, http_codes: [401] } ] },");
        Assert.Single((await new ReadingFixture(source) { Config = OAuthConfig }.ReadAsync(retriever)).Records);
        Assert.Equal(2, issued);
    }

    [Fact]
    public async Task A_token_that_was_taken_back_before_its_time_is_renewed_once()
    {
        var issued = 0;
        var source = new StubSource(request => request.Method == "POST" ? Json($$"""{"access_token":"t{{++issued}}"}""") : Json(One, request["Authorization"] == "Bearer t2" ? 200 : 401));
        var fixture = new ReadingFixture(source) { Config = OAuthConfig };
        var reading = await fixture.ReadAsync(With(OAuth.Trim()));
        Assert.Null(reading.Error);
        Assert.Equal(2, issued);

        issued = 10;
        Assert.Equal(401, (await new ReadingFixture(source) { Config = OAuthConfig }.ReadAsync(With(OAuth.Trim()))).Error!.Status);
        Assert.Equal(12, issued);
    }

    private const string Session = """
        { type: SessionTokenAuthenticator, session_token_path: [data, token], expiration_duration: PT1H, login_requester: { type: HttpRequester, http_method: POST, url_base: "https://login.example.com", path: /login, request_body_json: { user: "{{ config.user }}" } }, request_authentication:
        """;

    [Theory]
    [InlineData("{ type: Bearer } }", "Authorization", "Bearer s")]
    [InlineData("{ type: ApiKey, inject_into: { type: RequestOption, inject_into: header, field_name: X-Session } } }", "X-Session", "s")]
    [InlineData("{ type: ApiKey, api_token: \"Token {{ session_token }}\", inject_into: { type: RequestOption, inject_into: header, field_name: X-Session } } }", "X-Session", "Token s")]
    public async Task A_session_token_comes_from_a_login(string use, string header, string value)
    {
        var source = new StubSource(request => Json(request.Method == "POST" ? """{"data":{"token":"s"}}""" : One));
        var fixture = new ReadingFixture(source) { Config = """{"user":"u"}""" };
        var retriever = fixture.Build(With(Session.Trim() + " " + use))!;
        await fixture.ReadAsync(retriever);
        await fixture.ReadAsync(retriever);
        Assert.Equal(["""{"user":"u"}""", "", ""], source.Requests.Select(request => request.Body));
        Assert.Equal(value, source.Requests[2][header]);
    }

    [Fact]
    public async Task A_login_that_fails_ends_the_reading_with_its_error()
    {
        var reading = await new ReadingFixture(new StubSource(_ => Json("", 401))) { Config = """{"user":"u"}""" }.ReadAsync(With(Session.Trim() + " { type: Bearer } }"));
        Assert.Contains("login.example.com/login", reading.Error!.Message);
    }

    [Theory]
    [InlineData(200, "given")]
    [InlineData(401, "new")]
    public async Task A_legacy_session_token_is_checked_and_replaced(int status, string expected)
    {
        var source = new StubSource(request => request.Url.AbsolutePath switch
        {
            "/v1check" => Json("", status),
            "/v1login" => Json("""{"id":"new"}"""),
            _ => Json(One),
        });
        await new ReadingFixture(source).ReadAsync(With(
            "{ type: LegacySessionTokenAuthenticator, header: X-S, login_url: login, validate_session_url: check, session_token: given, session_token_response_key: id, username: u, password: p }"));
        Assert.Equal(expected, source.Requests[^1]["X-S"]);
    }

    [Fact]
    public async Task A_JWT_is_signed_with_a_shared_secret()
    {
        var sent = await SentAsync(
            "{ type: JwtAuthenticator, secret_key: \"{{ config.key }}\", algorithm: HS256, token_duration: 60, header_prefix: Bearer, jwt_payload: { iss: me, aud: \"{{ config.aud }}\" }, additional_jwt_payload: { scope: s } }",
            """{"key":"k","aud":"you"}""");
        var parts = sent["Authorization"]!["Bearer ".Length..].Split('.');
        Assert.Equal("""{"alg":"HS256","typ":"JWT"}""", Decode(parts[0]));
        Assert.Equal("""{"scope":"s","iss":"me","aud":"you","iat":1749988800,"exp":1749988860,"nbf":1749988800}""", Decode(parts[1]));
        Assert.Equal(HMACSHA256.HashData("k"u8, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}")), System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]));
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS384")]
    public async Task A_JWT_is_signed_with_a_private_key_read_from_a_JSON_config(string algorithm)
    {
        using var rsa = RSA.Create(2048);
        var config = JsonSerializer.Serialize(new { file = JsonSerializer.Serialize(new { private_key = rsa.ExportPkcs8PrivateKeyPem() }) });
        var sent = await SentAsync($"{{ type: JwtAuthenticator, secret_key: \"{{{{ json_loads(config['file'])['private_key'] }}}}\", algorithm: {algorithm} }}", config);
        var parts = sent["Authorization"]!.Split('.');
        var (hash, padding) = algorithm == "RS256" ? (HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : (HashAlgorithmName.SHA384, RSASignaturePadding.Pss);
        Assert.True(rsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]), hash, padding));
    }

    [Fact]
    public async Task A_key_that_cannot_be_used_is_not_quoted()
    {
        var reading = await new ReadingFixture(new StubSource()) { Config = """{"key":"-----BEGIN PRIVATE KEY----- hush"}""" }
            .ReadAsync(With("{ type: JwtAuthenticator, secret_key: \"{{ config.key }}\", algorithm: RS256 }"));
        Assert.Equal(SourceErrorKind.Config, reading.Error!.Kind);
        Assert.DoesNotContain("hush", reading.Error.Message);
    }

    private static string Decode(string part) => Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(part));
}

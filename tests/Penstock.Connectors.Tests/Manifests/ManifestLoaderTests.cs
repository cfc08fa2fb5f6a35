using Penstock.Connectors.Manifests;

namespace Penstock.Connectors.Tests.Manifests;

public class ManifestLoaderTests
{
    private const string Head = "version: 1.0.0\ncheck: {type: CheckStream, stream_names: [a]}\n";

    [Fact]
    public void a_reference_brings_its_fields_and_fields_beside_it_win()
    {
        var root = Load(Head + """
            definitions:
              requester: {type: HttpRequester, url_base: https://a, path: /x}
            streams:
              - {type: DeclarativeStream, name: a, retriever: {type: SimpleRetriever, record_selector: {type: RecordSelector, extractor: {field_path: []}}, requester: {$ref: "#/definitions/requester", path: /y}}}
            """);
        var requester = root.List("streams")[0].Child("retriever")!.Child("requester")!;
        Assert.Equal("/y", requester.Text("path"));
        Assert.Equal("https://a", requester.Text("url_base"));
        Assert.Equal("streams[0].retriever.requester", requester.Path);
        Assert.Equal(6, requester.Line);
    }

    [Fact]
    public void a_bare_text_that_points_into_the_manifest_is_a_reference_too()
    {
        var root = ManifestLoader.Load(Head + "definitions: {s: {type: DeclarativeStream, name: a, retriever: {}}}\nstreams: [\"#/definitions/s\"]\n", "m.yaml").Root!;
        Assert.Equal("a", root.List("streams")[0].Text("name"));
    }

    [Fact]
    public void a_reference_may_name_a_key_with_slashes_and_an_item_of_a_list()
    {
        var root = Load(Head + "definitions: {a/b: one, c: [x, {d: two}]}\nspec: {type: Spec, connection_specification: {p: \"#/definitions/a/b\", q: \"#/definitions/c/1/d\"}}\n");
        var specification = root.Child("spec")!.Child("connection_specification")!;
        Assert.Equal("one", specification.Text("p"));
        Assert.Equal("two", specification.Text("q"));
    }

    [Fact]
    public void references_in_a_circle_and_to_nothing_are_all_reported_with_their_places()
    {
        var loaded = ManifestLoader.Load(Head + """
            definitions:
              a: {$ref: "#/definitions/b"}
              b: {$ref: "#/definitions/a"}
            streams:
              - {type: DeclarativeStream, retriever: "#/definitions/a"}
              - {type: DeclarativeStream, retriever: "#/definitions/nowhere"}
            """, "m.yaml");
        Assert.Contains(loaded.Problems.All, p => p.Path == "streams[0].retriever" && p.Message.Contains("back to itself") && p.Line > 0);
        Assert.Contains(loaded.Problems.All, p => p.Path == "streams[1].retriever" && p.Message.Contains("points to nothing") && p.Line == 8);
    }

    [Fact]
    public void types_that_authors_leave_out_are_inferred()
    {
        var root = ManifestLoader.Load(Head + "streams: [{name: a, retriever: {record_selector: {extractor: {field_path: []}}, requester: {url_base: x, authenticator: {class_name: c}}}}]\n", "m.yaml").Root!;
        var stream = root.List("streams")[0];
        Assert.Equal("DeclarativeStream", stream.Type);
        Assert.Equal("SimpleRetriever", stream.Child("retriever")!.Type);
        Assert.Equal("DpathExtractor", stream.Child("retriever")!.Child("record_selector")!.Child("extractor")!.Type);
        Assert.Equal("CustomAuthenticator", stream.Child("retriever")!.Child("requester")!.Child("authenticator")!.Type);
    }

    [Fact]
    public void parameters_go_down_and_the_nearest_wins_and_they_fill_fields_that_are_absent()
    {
        var root = Load(Head + """
            streams:
              - type: DeclarativeStream
                $parameters: {name: far, path: /far}
                retriever:
                  type: SimpleRetriever
                  $parameters: {path: /near}
                  record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: []}}
                  requester: {type: HttpRequester, url_base: x}
            """);
        var stream = root.List("streams")[0];
        var requester = stream.Child("retriever")!.Child("requester")!;
        Assert.Equal("far", stream.Text("name"));
        Assert.Equal("/near", requester.Text("path"));
        Assert.Equal("/near", requester.Parameters.AsDict!.Find("path").AsText);
        Assert.Equal("far", requester.Parameters.AsDict!.Find("name").AsText);
    }

    [Fact]
    public void every_missing_field_and_unknown_type_is_reported_not_only_the_first()
    {
        var loaded = ManifestLoader.Load(Head + """
            streams:
              - type: DeclarativeStream
                retriever: {type: SimpleRetriever, requester: {type: HttpReqester}}
              - type: DeclarativeStream
            """, "m.yaml");
        Assert.Equal(
            ["streams[0].retriever", "streams[0].retriever.requester", "streams[1]"],
            loaded.Problems.All.Select(p => p.Path).Order());
        Assert.All(loaded.Problems.All, p => Assert.True(p.Line > 0 && p.Fix.Length > 0));
    }

    [Fact]
    public void a_repeated_key_counts_last_and_is_a_warning()
    {
        var loaded = ManifestLoader.Load(Head + "spec: {type: Spec, connection_specification: {a: 1, a: 2}}\n", "m.yaml");
        Assert.Equal(2, loaded.Root!.Child("spec")!.Child("connection_specification")!.Integer("a"));
        Assert.Equal(ProblemSeverity.Warning, Assert.Single(loaded.Problems.All).Severity);
    }

    [Fact]
    public void text_that_is_not_yaml_tells_the_line()
    {
        var loaded = ManifestLoader.Load("a: [1, 2\nb: 3\n", "m.yaml");
        Assert.Null(loaded.Root);
        Assert.Contains("m.yaml(", Assert.Single(loaded.Problems.All).ToString());
    }

    [Theory]
    [InlineData("a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\nf: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]\ng: [*f, *f, *f]", "nodes")]
    [InlineData("a: &a [*a]", "contains itself")]
    public void aliases_are_bounded(string yaml, string expected) =>
        Assert.Contains(expected, Assert.Single(ManifestLoader.Load(yaml, "m.yaml").Problems.All).Message);

    [Fact]
    public void deep_nesting_is_bounded()
    {
        var yaml = "a: " + new string('[', 5000) + new string(']', 5000);
        Assert.Single(ManifestLoader.Load(yaml, "m.yaml").Problems.All);
    }

    [Fact]
    public void references_that_multiply_are_bounded()
    {
        var yaml = "definitions:\n  a0: {x: 1}\n" + string.Concat(Enumerable.Range(1, 40).Select(i =>
            $"  a{i}: {{p: \"#/definitions/a{i - 1}\", q: \"#/definitions/a{i - 1}\"}}\n")) + Head + "streams: [{type: DeclarativeStream, retriever: \"#/definitions/a40\"}]\n";
        var loaded = ManifestLoader.Load(yaml, "m.yaml");
        Assert.Contains(loaded.Problems.All, p => p.Message.Contains("nodes"));
    }

    [Theory]
    [InlineData("012", "10")]
    [InlineData("1_000", "1000")]
    [InlineData("0x1F", "31")]
    [InlineData("1:30", "90")]
    [InlineData("yes", "True")]
    [InlineData("off", "False")]
    [InlineData("1.0", "1.0")]
    [InlineData("1e3", "1e3")]
    [InlineData("2020-01-01", "2020-01-01")]
    [InlineData("'1'", "1")]
    public void plain_scalars_have_the_types_that_manifests_were_written_for(string yaml, string expected)
    {
        var root = ManifestLoader.Load(Head + $"spec: {{type: Spec, connection_specification: {{v: {yaml}}}}}\n", "m.yaml").Root!;
        Assert.Equal(expected, root.Child("spec")!.Child("connection_specification")!.Text("v"));
    }

    [Fact]
    public void merge_keys_bring_fields_and_own_fields_win()
    {
        var root = Load(Head + "base: &base {a: 1, b: 2}\nspec: {type: Spec, connection_specification: {<<: *base, b: 3}}\n");
        var specification = root.Child("spec")!.Child("connection_specification")!;
        Assert.Equal((1, 3), (specification.Integer("a"), specification.Integer("b")));
    }

    private static ManifestNode Load(string yaml)
    {
        var loaded = ManifestLoader.Load(yaml, "m.yaml");
        Assert.Empty(loaded.Problems.All);
        return loaded.Root!;
    }
}

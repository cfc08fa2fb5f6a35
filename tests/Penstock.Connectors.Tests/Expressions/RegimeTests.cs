using Penstock.Connectors.Expressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Tests.Expressions;

public class RegimeTests
{
    [Theory]
    [InlineData("{{ config.missing }}", "''")]
    [InlineData("a-{{ config.missing }}-b", "'a--b'")]
    [InlineData("{{ config.missing.deeper }}", "!Undefined")]
    [InlineData("{{ config.missing.deeper | default('d') }}", "!Undefined")]
    [InlineData("{{ 1 if config.missing.deeper is defined else 2 }}", "!Undefined")]
    [InlineData("{% if config.missing.deeper %}1{% endif %}", "!Undefined")]
    [InlineData("{{ config.missing | default('d') }}", "'d'")]
    [InlineData("{{ config.none | default('d') }}", "None")]
    [InlineData("{{ config.none | default('d', true) }}", "'d'")]
    [InlineData("{{ config.none.deeper }}", "''")]
    [InlineData("{{ config.missing + 1 }}", "!Undefined")]
    [InlineData("{{ config.missing > 1 }}", "!Undefined")]
    [InlineData("{{ config.missing == 1 }}", "False")]
    [InlineData("{{ config.missing() }}", "!Undefined")]
    public void a_single_text_fails_where_an_undefined_path_is_used(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template, """{"config":{"none":null}}"""));

    [Theory]
    [InlineData("{{ config.missing }}", "None")]
    [InlineData("a-{{ config.missing }}-b", "'a--b'")]
    [InlineData("a-{{ config.missing.deeper }}-b", "None")]
    [InlineData("", "None")]
    [InlineData("{{ '' }}", "None")]
    [InlineData("{{ config.none }}", "None")]
    public void in_a_mapping_nothing_and_undefined_paths_are_none(string template, string expected) =>
        Assert.Equal(expected, Evaluations.InMapping(template, """{"config":{"none":null}}"""));

    [Theory]
    [InlineData("{{ config.n + 1 }}")]
    [InlineData("x {{ 'a' in none }} y")]
    [InlineData("{{ none | length }}")]
    [InlineData("{{ 'a' + 1 }}")]
    [InlineData("{{ 5() }}")]
    [InlineData("{{ 1 < 'a' }}")]
    [InlineData("{{ config.get() }}")]
    public void a_type_error_gives_the_text_of_the_template(string template) =>
        Assert.Equal(template, new InterpolatedString(template).Evaluate(Evaluations.Context("""{"config":{"n":"a"}}""")).ToString());

    [Theory]
    [InlineData("{{ foo }}")]
    [InlineData("{{ config.a if foo is defined else 1 }}")]
    [InlineData("{{ 1 if true else foo }}")]
    [InlineData("{{ range(3) }}")]
    [InlineData("{{ null }}")]
    [InlineData("{{ TRUE }}")]
    [InlineData("{% if true %}{% set x = 1 %}{% endif %}{{ x }}")]
    public void a_name_that_the_context_lacks_is_an_error_even_where_it_is_not_reached(string template) =>
        Assert.Equal("!UndeclaredVariable", Evaluations.Result(template));

    [Fact]
    public void stream_state_is_refused_wherever_it_stands()
    {
        Assert.Equal("!UnsupportedVariable", Evaluations.Result("the stream_state"));
        Assert.Equal(ValueErrorKind.UnsupportedVariable, new InterpolatedString("{{ stream_state.x }}").Error!.Kind);
    }

    [Fact]
    public void a_slice_is_visible_under_all_of_its_names()
    {
        var context = Evaluations.Context().Set("stream_slice", new SliceValue(new DictValue([new("id", 7)]), new DictValue([new("start_time", "a")])));
        Assert.Equal("7a7", new InterpolatedString("{{ stream_partition.id }}{{ stream_interval.start_time }}{{ stream_slice['id'] }}").EvaluateText(context));
        Assert.Throws<ArgumentException>(() => context.Set("stream_interval", 1));
    }

    [Fact]
    public void a_default_is_a_template_too()
    {
        var text = new InterpolatedString("{{ config.a.b }}", defaultText: "{{ config.c }}!");
        Assert.Equal("7!", text.Evaluate(Evaluations.Context("""{"config":{"c":7}}""")).ToString());
    }

    [Theory]
    [InlineData("5", "'5'")]
    [InlineData("{{ 5 }}", "'5'")]
    [InlineData("{{ none }}", "'None'")]
    [InlineData("{{ [1, 2] }}", "[1, 2]")]
    [InlineData("{{ {'a': 1} }}", "\"{'a': 1}\"")]
    [InlineData("'5'", "'5'")]
    [InlineData("['a', 'b']", "['a', 'b']")]
    public void where_texts_and_lists_are_valid_all_else_stays_text(string template, string expected) =>
        Assert.Equal(expected, Evaluations.InMapping(template, types: ValidTypes.Str | ValidTypes.List));

    [Fact]
    public void a_nested_mapping_leaves_out_what_is_none()
    {
        var document = Values.Json.Value("""{"a":"{{ config.missing }}","b":[{"c":"{{ 1 }}","{{ 'k' }}":true}],"d":null,"e":2}""");
        var body = new InterpolatedNestedMapping(document).Evaluate(Evaluations.Context());
        Assert.Equal("{'b': [{'c': 1, 'k': True}], 'e': 2}", body.ToString());
    }

    [Fact]
    public void a_constant_is_evaluated_once()
    {
        Assert.True(new InterpolatedString("/v1/users").IsConstant);
        Assert.Equal("/v1/users", new InterpolatedString("/v1/users").Evaluate(Evaluations.Context()).ToString());
        Assert.False(new InterpolatedString("/v1/{{ config.a }}").IsConstant);
        Assert.Equal("5", new InterpolatedString("5").Evaluate(Evaluations.Context()).ToRepr());
    }

    [Fact]
    public void a_wrong_template_tells_where()
    {
        var error = Template.Parse("a\n  {{ config. }}").Error!;
        Assert.Equal((ValueErrorKind.Syntax, 2, 14), (error.Kind, error.Line, error.Column));
        Assert.Equal("!Syntax", Evaluations.Result("{{ config. }}"));
    }

    [Fact]
    public void an_error_names_template_and_place_but_no_value()
    {
        var failed = Assert.Throws<ExpressionException>(() =>
            new InterpolatedString("a {{ 1 }}\nb {{ config.secret / 0 }}").Evaluate(Evaluations.Context("""{"config":{"secret":4711}}""")));
        Assert.Equal(ValueErrorKind.ZeroDivision, failed.Kind);
        Assert.Contains("line 2, column 3", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", failed.Message, StringComparison.Ordinal);
    }
}

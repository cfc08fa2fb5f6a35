using Penstock.Connectors.Expressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Tests.Expressions;

public class SandboxTests
{
    [Theory]
    [InlineData("{{ ''.__class__ }}", "''")]
    [InlineData("{{ config['__class__'] }}", "''")]
    [InlineData("{{ ''.__class__.__mro__ }}", "!Security")]
    [InlineData("{{ [].__class__() }}", "!Security")]
    [InlineData("{{ [] | attr('__class__') }}", "''")]
    [InlineData("{{ '{0.__class__}'.format(1) }}", "''")]
    [InlineData("{{ '{0.__class__.__init__}'.format(1) }}", "''")]
    [InlineData("{{ config.__init__.__globals__ }}", "!Security")]
    [InlineData("{{ now_utc.__globals__ }}", "''")]
    [InlineData("{{ stream_slice._partition }}", "{'id': 7}")]
    [InlineData("{{ stream_slice._cursor_slice }}", "''")]
    [InlineData("{{ config._private }}", "'p'")]
    public void internals_of_values_are_out_of_reach(string template, string expected)
    {
        var context = Evaluations.Context("""{"config":{"_private":"p"}}""").Set("stream_slice", new SliceValue(new DictValue([new("id", 7)])));
        Assert.Equal(expected, Evaluations.Result(template, context));
    }

    [Theory]
    [InlineData("{{ 'a' * 10**9 }}")]
    [InlineData("{{ [0] * 10**9 }}")]
    [InlineData("{{ 'x'.ljust(10**9) }}")]
    [InlineData("{{ '%1000000000d' % 1 }}")]
    [InlineData("{{ '%*d' % (10**9, 1) }}")]
    [InlineData("{{ '{:01000000000}'.format(1) }}")]
    [InlineData("{{ '\\t'.expandtabs(10**12) }}")]
    [InlineData("{{ [1] | batch(10**9, 0) | list }}")]
    [InlineData("{{ [1] | slice(10**9) | list }}")]
    [InlineData("{{ 10 ** (10 ** 9) }}")]
    [InlineData("{% set ns = namespace(s='aaaaaaaa') %}{% for i in 'x' * 100 %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}")]
    [InlineData("{% set l = [1] %}{% for i in l %}{% set _ = l.append(i) %}{% endfor %}")]
    public void what_would_take_all_memory_is_stopped(string template) =>
        Assert.Equal("!Security", Evaluations.Result(template, limits: new EvaluationLimits { Steps = 1_000_000 }));

    [Fact]
    public void nested_loops_run_out_of_steps()
    {
        const string Loops = "{% for a in config.l %}{% for b in config.l %}{% for c in config.l %}{% for d in config.l %}"
            + "x{% endfor %}{% endfor %}{% endfor %}{% endfor %}";
        const string Config = """{"config":{"l":[1,2,3,4,5,6,7,8,9,10]}}""";
        Assert.Equal("!Security", Evaluations.Result(Loops, Config, new EvaluationLimits { Steps = 10_000 }));
        Assert.Equal($"'{new string('x', 10_000)}'", Evaluations.Result(Loops, Config));
    }

    [Fact]
    public void an_expression_runs_out_of_time_by_the_contexts_clock()
    {
        var context = new EvaluationContext(Value.None, new Racing());
        var sort = new InterpolatedString("{{ ('ab' * 1000) | list | sort | length }}");
        var failed = Assert.Throws<ExpressionException>(() => sort.Evaluate(context));
        Assert.Equal(ValueErrorKind.Security, failed.Kind);
    }

    [Theory]
    [InlineData("{% for i in config.l %}{{ 'abcdefghij' * 50 }}{% endfor %}", 500_000)]
    [InlineData("{{ (['abcdefghij' * 50] * 1000) | join }}", 500_000)]
    [InlineData("{{ ''.join(['abcdefghij' * 50] * 1000) }}", 500_000)]
    [InlineData("{{ ('a,' * 100000) | replace(',', ';') }}", 200_000)]
    [InlineData("{{ ('a,' * 100000).split(',') | string }}", 500_004)]
    [InlineData("{{ ('ab' * 20000) | regex_replace('a', 'xyz') }}", 80_000)]
    public void large_texts_are_made_within_the_default_limits(string template, int least)
    {
        var context = new EvaluationContext(new DictValue([new("l", new ListValue(Enumerable.Repeat(Value.None, 1000)))]), TimeProvider.System);
        Assert.True(new InterpolatedString(template).EvaluateText(context).Length >= least);
    }

    [Theory]
    [InlineData("{{ ('a' * 40) | regex_search('(a+)+(?=b)$') }}")]
    [InlineData("{{ ('a' * 40) | regex_replace('(?=(a+)+$)(a|aa)+b', '') }}")]
    public void a_catastrophic_pattern_is_stopped(string template) =>
        Assert.Equal("!Regex", Evaluations.Result(template, limits: new EvaluationLimits { RegexTimeout = TimeSpan.FromMilliseconds(50) }));

    [Fact]
    public void a_pattern_without_lookaround_never_backtracks() =>
        Assert.Equal("''", Evaluations.Result("{{ ('a' * 5000) | regex_search('(a+)+b') }}"));

    [Theory]
    [InlineData("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")]
    [InlineData("{% set l = [] %}{% set _ = l.append(l) %}{{ l }}")]
    [InlineData("{% set l = [] %}{% set m = [l] %}{% set _ = l.append(m) %}{{ l == m }}")]
    [InlineData("{% set ns = namespace(t=()) %}{% for i in 'x' * 50000 %}{% set ns.t = (ns.t,) %}{% endfor %}{{ {ns.t: 1} }}")]
    [InlineData("{% set ns = namespace(g=[1]) %}{% for i in 'x' * 50000 %}{% set ns.g = ns.g | map('string') %}{% endfor %}{{ ns.g | list }}")]
    public void recursion_without_end_is_stopped(string template) => Assert.Equal("!Recursion", Evaluations.Result(template));

    [Theory]
    [InlineData("(", "1", ")")]
    [InlineData("[", "1", "]")]
    [InlineData("not ", "1", "")]
    [InlineData("-", "1", "")]
    [InlineData("", "1", " | abs")]
    [InlineData("", "1", " + 1")]
    [InlineData("", "1", " if 1 else 2")]
    [InlineData("", "config", ".a")]
    public void a_template_may_nest_only_so_deep(string before, string middle, string after)
    {
        var text = "{{ " + string.Concat(Enumerable.Repeat(before, 3000)) + middle + string.Concat(Enumerable.Repeat(after, 3000)) + " }}";
        Assert.Equal(ValueErrorKind.Syntax, Template.Parse(text).Error!.Kind);
    }

    [Fact]
    public void a_value_that_looks_like_a_deep_literal_stays_text()
    {
        var brackets = new string('[', 5000) + new string(']', 5000);
        var context = new EvaluationContext(new DictValue([new("v", brackets)]), TimeProvider.System);
        Assert.Equal(brackets, new InterpolatedString("{{ config.v }}").EvaluateText(context));
    }

    [Fact]
    public void a_template_changes_only_what_it_was_given()
    {
        var context = Evaluations.Context("""{"config":{"l":[1]}}""");
        var change = new InterpolatedString("{% set _ = config.l.append(2) %}{{ config.l }}");
        var first = change.Evaluate(context);
        Assert.Equal("[1, 2, 2]", change.Evaluate(context).ToString());
        Assert.Equal("[1, 2]", first.ToString());
    }

    [Fact]
    public void sort_keys_that_change_the_list_do_no_harm() =>
        Assert.Equal("'{{ config.l.sort(key=config.l.append) }}'", Evaluations.Result("{{ config.l.sort(key=config.l.append) }}", """{"config":{"l":[1,2]}}"""));

    // A second passes each time that somebody looks.
    private sealed class Racing : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => ++_seconds;
    }
}

namespace Penstock.Connectors.Tests.Expressions;

public class StatementTests
{
    [Theory]
    [InlineData("{% set x = 1 %}{{ x }}", "1")]
    [InlineData("{% set a, b = 1, 2 %}{{ a + b }}", "3")]
    [InlineData("{% set x %}t {{ 1 }}{% endset %}{{ x }}", "'t 1'")]
    [InlineData("{% set x | upper %}ab{% endset %}{{ x }}", "'AB'")]
    [InlineData("{% if config.missing %}a{% elif config.t %}b{% else %}c{% endif %}", "'b'")]
    [InlineData("{% if config.missing.x %}a{% else %}b{% endif %}", "!Undefined")]
    [InlineData("{% set x = 1 %}{% if config.t %}{% set x = 2 %}{% endif %}{{ x }}", "2")]
    [InlineData("{% set a, b = 1 %}", "'{% set a, b = 1 %}'")]
    [InlineData("{% set x.y = 1 %}", "!UndeclaredVariable")]
    public void set_and_if(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template, """{"config":{"l":[3,1,2],"d":{"a":1,"b":"x"},"t":true}}"""));

    [Theory]
    [InlineData("{% for i in config.l %}{{ i }},{% endfor %}", "(3, 1, 2)")]
    [InlineData("{% set x = 0 %}{% for i in config.l %}{% set x = x + i %}{{ x }},{% endfor %}{{ x }}", "(3, 1, 2, 0)")]
    [InlineData("{% set ns = namespace(x=0) %}{% for i in config.l %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}", "6")]
    [InlineData("{% for k, v in config.d.items() %}{{ k }}={{ v }};{% endfor %}", "'a=1;b=x;'")]
    [InlineData("{% for i in config.l if i > 1 %}{{ loop.index }}{{ i }}{% endfor %}", "1322")]
    [InlineData("{% for i in [] %}{% else %}none{% endfor %}", "'none'")]
    [InlineData("{% for i in config.l %}{{ loop.first }}{{ loop.last }}{{ loop.length }} {% endfor %}", "'TrueFalse3 FalseFalse3 FalseTrue3 '")]
    [InlineData("{% for i in config.l %}{{ loop.cycle('a', 'b') }}{% endfor %}", "'aba'")]
    [InlineData("{% for i in config.l %}{{ loop.previtem }}{{ loop.nextitem }}|{% endfor %}", "'1|32|1|'")]
    [InlineData("{% for i in [1, [2, [3]]] recursive %}{{ loop(i) if i is sequence else i }}{% endfor %}", "123")]
    [InlineData("{% for i in 5 %}{% endfor %}", "'{% for i in 5 %}{% endfor %}'")]
    [InlineData("{% for i in none %}{% endfor %}", "'{% for i in none %}{% endfor %}'")]
    [InlineData("{% for i in config.missing %}{% else %}e{% endfor %}", "'e'")]
    [InlineData("{% for loop in config.l %}{% endfor %}", "!Syntax")]
    [InlineData("{% for a, b in [[1, 2, 3]] %}{% endfor %}", "!Value")]
    public void loops_have_their_own_variables(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template, """{"config":{"l":[3,1,2],"d":{"a":1,"b":"x"},"t":true}}"""));

    [Theory]
    [InlineData("{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(1, b=3) }}", "1213")]
    [InlineData("{% macro m() %}{{ caller() }}!{% endmacro %}{% call m() %}x{% endcall %}", "'x!'")]
    [InlineData("{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, k=2) }}", "\"(1,){'k': 2}\"")]
    [InlineData("{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}", "'{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}'")]
    [InlineData("{% macro f(n) %}{{ n }}{% if n > 0 %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(3) }}", "3210")]
    [InlineData("{% with a = 1 %}{{ a }}{% endwith %}", "1")]
    [InlineData("{% filter upper %}ab{% endfilter %}", "'AB'")]
    [InlineData("{% block b %}x{% endblock %}", "'x'")]
    [InlineData("{% autoescape true %}{{ '<' }}{% endautoescape %}", "'&lt;'")]
    [InlineData("{% include 'x' %}", "\"{% include 'x' %}\"")]
    [InlineData("{% print 1, 'a' %}", "'1a'")]
    public void macros_and_blocks(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("\n{{ 5 }}\n", "5")]
    [InlineData("a\n\n{{ 'b' }}", "'a\\n\\nb'")]
    [InlineData("{%- if true -%}\n  x\n{%- endif -%}", "'x'")]
    [InlineData("  {{- ' x ' -}}  y", "' x y'")]
    [InlineData("a {#- c -#} b", "'ab'")]
    [InlineData("{% raw %}{{ x }}{% endraw %}", "'{{ x }}'")]
    [InlineData("a\r\nb", "'a\\nb'")]
    [InlineData("{{ 'a\\nb' }}", "'a\\nb'")]
    [InlineData("{% if true %} x {% endif %}", "' x '")]
    [InlineData("x{%+ if true +%} y {%+ endif +%}", "'x y '")]
    public void white_space_is_kept_unless_it_is_trimmed(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ }}", "!Syntax")]
    [InlineData("{{ 1", "!Syntax")]
    [InlineData("{% if 1 %}", "!Syntax")]
    [InlineData("{% endif %}", "!Syntax")]
    [InlineData("{% do x %}", "!Syntax")]
    [InlineData("{{ 1 2 }}", "!Syntax")]
    [InlineData("{{ 'a }}", "!Syntax")]
    [InlineData("{{ a. }}", "!Syntax")]
    [InlineData("{{ [1 }}", "!Syntax")]
    [InlineData("{{ .5 }}", "!Syntax")]
    [InlineData("{{ 1__0 }}", "!Syntax")]
    [InlineData("{{ (lambda: 1)() }}", "!Syntax")]
    [InlineData("{{ f(a=1, 2) }}", "!Syntax")]
    [InlineData("{# x", "!Syntax")]
    [InlineData("{% set 1 = 2 %}", "!Syntax")]
    [InlineData("{{ 'a' is string is string }}", "!Syntax")]
    public void wrong_templates_are_refused(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));
}

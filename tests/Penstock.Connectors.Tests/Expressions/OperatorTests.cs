namespace Penstock.Connectors.Tests.Expressions;

public class OperatorTests
{
    [Theory]
    [InlineData("{{ 7 / 2 }}", "3.5")]
    [InlineData("{{ 6 / 2 }}", "3.0")]
    [InlineData("{{ -7 // 2 }}", "-4")]
    [InlineData("{{ -7 % 3 }}", "2")]
    [InlineData("{{ 7 % -3 }}", "-2")]
    [InlineData("{{ 7.5 // 2 }}", "3.0")]
    [InlineData("{{ -7.5 % 2 }}", "0.5")]
    [InlineData("{{ 2 ** 100 }}", "1267650600228229401496703205376")]
    [InlineData("{{ 9223372036854775807 + 1 }}", "9223372036854775808")]
    [InlineData("{{ 9223372036854775807 * 9223372036854775807 }}", "85070591730234615847396907784232501249")]
    [InlineData("{{ -9223372036854775808 // -1 }}", "9223372036854775808")]
    [InlineData("{{ 10 ** 30 / 10 ** 29 }}", "10.0")]
    [InlineData("{{ 2 ** -1 }}", "0.5")]
    [InlineData("{{ 1 / 0 }}", "!ZeroDivision")]
    [InlineData("{{ 5 // 0.0 }}", "!ZeroDivision")]
    [InlineData("{{ 0.1 + 0.2 }}", "0.30000000000000004")]
    [InlineData("{{ true + true }}", "2")]
    [InlineData("{{ 5 * 0.0 * -1 }}", "-0.0")]
    [InlineData("{{ 10 ** 400 * 1.0 }}", "!Overflow")]
    public void integers_have_no_limit_and_division_is_pythons(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ 2 ** 3 ** 2 }}", "64")]
    [InlineData("{{ -2 ** 2 }}", "4")]
    [InlineData("{{ 2 * 3 ** 2 }}", "18")]
    [InlineData("{{ 1 ~ 2 + 3 }}", "'{{ 1 ~ 2 + 3 }}'")]
    [InlineData("{{ -5 | abs }}", "5")]
    [InlineData("{{ 1 + 2 ~ 3 }}", "'{{ 1 + 2 ~ 3 }}'")]
    [InlineData("{{ not 1 == 2 }}", "True")]
    public void powers_go_left_and_signs_bind_tighter(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ 'a' + 'b' }}", "'ab'")]
    [InlineData("{{ 'ab' * 3 }}", "'ababab'")]
    [InlineData("{{ 3 * [1] }}", "[1, 1, 1]")]
    [InlineData("{{ [1] + [2, 3] }}", "[1, 2, 3]")]
    [InlineData("{{ (1,) + (2,) }}", "(1, 2)")]
    [InlineData("{{ 'a' * -1 }}", "''")]
    [InlineData("{{ 'a' ~ 1 ~ none ~ true ~ 1.0 }}", "'a1NoneTrue1.0'")]
    [InlineData("{{ 'a' + 1 }}", "\"{{ 'a' + 1 }}\"")]
    [InlineData("{{ [1] + (2,) }}", "'{{ [1] + (2,) }}'")]
    [InlineData("{{ {'a': 1}.keys() - ['a'] }}", "set()")]
    public void texts_and_lists_join_and_repeat(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ 1 < 2 < 3 }}", "True")]
    [InlineData("{{ 1 < 3 < 2 }}", "False")]
    [InlineData("{{ 1 == 1.0 == true }}", "True")]
    [InlineData("{{ '1' == 1 }}", "False")]
    [InlineData("{{ 'a' < 'b' }}", "True")]
    [InlineData("{{ 'é' > 'z' }}", "True")]
    [InlineData("{{ [1, 2] < [1, 3] }}", "True")]
    [InlineData("{{ 1 < 'a' }}", "\"{{ 1 < 'a' }}\"")]
    [InlineData("{{ none == false }}", "False")]
    [InlineData("{{ none < 1 }}", "'{{ none < 1 }}'")]
    [InlineData("{{ 1 in [1.0] }}", "True")]
    [InlineData("{{ 'a' in {'a': 1} }}", "True")]
    [InlineData("{{ 'ell' in 'hello' }}", "True")]
    [InlineData("{{ 1 in 'a1' }}", "\"{{ 1 in 'a1' }}\"")]
    [InlineData("{{ none in [none] }}", "True")]
    [InlineData("{{ not 'a' in ['a'] }}", "False")]
    [InlineData("{{ 'a' not in ['b'] }}", "True")]
    [InlineData("{{ 1 in none }}", "'{{ 1 in none }}'")]
    public void comparisons_chain_and_cross_number_types(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ 0 or 'x' }}", "'x'")]
    [InlineData("{{ 'a' and 'b' }}", "'b'")]
    [InlineData("{{ '' or [] }}", "[]")]
    [InlineData("{{ none and 1 }}", "None")]
    [InlineData("{{ config.missing or 'd' }}", "'d'")]
    [InlineData("{{ config.n or config.z or config.e }}", "''")]
    [InlineData("{{ config.s and config.i }}", "7")]
    [InlineData("{{ not config.d }}", "False")]
    [InlineData("{{ config.t and not config.z }}", "True")]
    public void and_or_give_operands(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template, """{"config":{"s":"Hello","i":7,"z":0,"n":null,"t":true,"e":"","l":[3,1,2],"d":{"a":1,"b":{"c":"deep"}}}}"""));

    [Theory]
    [InlineData("{{ 'y' if config.t else 'n' }}", "'y'")]
    [InlineData("{{ 'y' if config.z }}", "''")]
    [InlineData("{{ ('y' if config.z) is defined }}", "False")]
    [InlineData("{{ 1 if config.z else 2 if config.e else 3 }}", "3")]
    [InlineData("{{ config.missing.x if config.z else 'n' }}", "'n'")]
    public void an_inline_if_without_else_is_undefined(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template, """{"config":{"s":"Hello","i":7,"z":0,"n":null,"t":true,"e":"","l":[3,1,2],"d":{"a":1,"b":{"c":"deep"}}}}"""));
}

namespace Penstock.Connectors.Tests.Expressions;

public class AccessTests
{
    [Theory]
    [InlineData("{{ response['items'] }}", "[1, 2]")]
    [InlineData("{{ response.get('items') }}", "[1, 2]")]
    [InlineData("{{ response.items | length }}", "'{{ response.items | length }}'")]
    [InlineData("{{ response.values.x }}", "''")]
    [InlineData("{{ response['keys'] | length }}", "\"{{ response['keys'] | length }}\"")]
    [InlineData("{{ response.data.first }}", "9")]
    [InlineData("{{ response['data']['first'] }}", "9")]
    [InlineData("{{ response['upper'] }}", "''")]
    public void dots_prefer_methods_and_brackets_prefer_keys(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template, """{"response":{"items":[1,2],"values":{"x":1},"data":{"first":9}}}"""));

    [Theory]
    [InlineData("{{ config.l[0] }}", "3")]
    [InlineData("{{ config.l[-1] }}", "2")]
    [InlineData("{{ config.l[9] }}", "''")]
    [InlineData("{{ config.l.0 }}", "3")]
    [InlineData("{{ config.s[1] }}", "'e'")]
    [InlineData("{{ config.s[-1] }}", "'o'")]
    [InlineData("{{ config.l['a'] }}", "''")]
    [InlineData("{{ config.l[true] }}", "1")]
    [InlineData("{{ config.d['b'].c }}", "'deep'")]
    [InlineData("{{ config.d[['x']] }}", "''")]
    [InlineData("{{ 'é😀x'[1] }}", "'😀'")]
    public void indexes_count_from_both_ends(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template, """{"config":{"s":"Hello","i":7,"z":0,"n":null,"t":true,"e":"","l":[3,1,2],"d":{"a":1,"b":{"c":"deep"}}}}"""));

    [Theory]
    [InlineData("{{ config.s[1:3] }}", "'el'")]
    [InlineData("{{ config.s[:-1] }}", "'Hell'")]
    [InlineData("{{ config.s[::-1] }}", "'olleH'")]
    [InlineData("{{ config.s[::2] }}", "'Hlo'")]
    [InlineData("{{ config.l[1:] }}", "[1, 2]")]
    [InlineData("{{ config.l[5:] }}", "[]")]
    [InlineData("{{ config.l[::0] }}", "!Value")]
    [InlineData("{{ config.n[:2] }}", "'{{ config.n[:2] }}'")]
    [InlineData("{{ config.d[:2] }}", "!Key")]
    [InlineData("{{ config.missing[:2] }}", "!Undefined")]
    [InlineData("{{ config.i[:2] }}", "'{{ config.i[:2] }}'")]
    [InlineData("{{ 'é😀x'[1:] }}", "'😀x'")]
    [InlineData("{{ (1, 2, 3)[-2:] }}", "(2, 3)")]
    public void slices_are_pythons(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template, """{"config":{"s":"Hello","i":7,"z":0,"n":null,"t":true,"e":"","l":[3,1,2],"d":{"a":1,"b":{"c":"deep"}}}}"""));

    [Theory]
    [InlineData("{{ config.get('missing', 'd') }}", "'d'")]
    [InlineData("{{ config.get('n', 'd') }}", "None")]
    [InlineData("{{ config.get('d').get('b', {}).get('c') }}", "'deep'")]
    [InlineData("{{ config.get() }}", "'{{ config.get() }}'")]
    [InlineData("{{ config.get('a', default=1) }}", "\"{{ config.get('a', default=1) }}\"")]
    public void get_gives_what_the_key_holds(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template, """{"config":{"s":"Hello","i":7,"z":0,"n":null,"t":true,"e":"","l":[3,1,2],"d":{"a":1,"b":{"c":"deep"}}}}"""));
}

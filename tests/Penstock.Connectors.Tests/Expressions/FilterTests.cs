namespace Penstock.Connectors.Tests.Expressions;

public class FilterTests
{
    [Theory]
    [InlineData("{{ config.missing | default('d') }}", "'d'")]
    [InlineData("{{ config.n | default('d') }}", "None")]
    [InlineData("{{ config.z | default('d', true) }}", "'d'")]
    [InlineData("{{ config.missing | default }}", "''")]
    [InlineData("{{ config.e | d('x', boolean=true) }}", "'x'")]
    public void default_replaces_what_is_undefined(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template, """{"config":{"s":"Hello","i":7,"z":0,"n":null,"t":true,"e":"","l":[3,1,2],"d":{"a":1,"b":{"c":"deep"}}}}"""));

    [Theory]
    [InlineData("{{ '4.9' | int }}", "4")]
    [InlineData("{{ 'x' | int }}", "0")]
    [InlineData("{{ 'x' | int(7) }}", "7")]
    [InlineData("{{ '0x1A' | int(0, 16) }}", "26")]
    [InlineData("{{ '101' | int(base=2) }}", "5")]
    [InlineData("{{ none | int }}", "0")]
    [InlineData("{{ [1] | int }}", "0")]
    [InlineData("{{ ' 5 ' | int }}", "5")]
    [InlineData("{{ '1_000' | int }}", "1000")]
    [InlineData("{{ 'inf' | int }}", "0")]
    [InlineData("{{ '4' | float }}", "4.0")]
    [InlineData("{{ '1,5' | float }}", "0.0")]
    [InlineData("{{ 'nan' | float }}", "'nan'")]
    [InlineData("{{ none | float(1) }}", "1")]
    [InlineData("{{ '12345678901234567890' | int }}", "12345678901234567890")]
    public void int_and_float_fall_back_to_their_default(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ 2.5 | round }}", "2.0")]
    [InlineData("{{ 3.5 | round }}", "4.0")]
    [InlineData("{{ 2.675 | round(2) }}", "2.67")]
    [InlineData("{{ 2.1 | round(method='ceil') }}", "3.0")]
    [InlineData("{{ 2.567 | round(1, 'floor') }}", "2.5")]
    [InlineData("{{ 15 | round(-1) }}", "20")]
    [InlineData("{{ 5 | round }}", "5")]
    [InlineData("{{ 'x' | round }}", "\"{{ 'x' | round }}\"")]
    [InlineData("{{ [0.1] * 10 | sum }}", "'{{ [0.1] * 10 | sum }}'")]
    [InlineData("{{ ([0.1] * 10) | sum }}", "1.0")]
    [InlineData("{{ [1, 2] | sum(start=3) }}", "6")]
    [InlineData("{{ 1536 | filesizeformat }}", "'1.5 kB'")]
    public void rounding_is_half_to_even_by_the_exact_value(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ {'a': [1, none, true]} | string }}", "'{\"a\": [1, null, true]}'")]
    [InlineData("{{ 5 | string }}", "'5'")]
    [InlineData("{{ 'x' | string }}", "'x'")]
    [InlineData("{{ none | string }}", "'null'")]
    [InlineData("{{ 'é' | string }}", "'é'")]
    [InlineData("{{ ['é'] | string }}", "'[\"é\"]'")]
    [InlineData("{{ config.missing | string }}", "'{{ config.missing | string }}'")]
    public void string_makes_json_that_reads_back_as_a_text(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template, """{"config":{"s":"Hello","i":7,"z":0,"n":null,"t":true,"e":"","l":[3,1,2],"d":{"a":1,"b":{"c":"deep"}}}}"""));

    [Theory]
    [InlineData("{{ {'b': 1, 'a': '<&>'} | tojson }}", "{'a': '<&>', 'b': 1}")]
    [InlineData("{{ \"it's\" | tojson }}", "\"it's\"")]
    [InlineData("{{ none | tojson }}", "'null'")]
    [InlineData("{{ [1, 2] | tojson(indent=1) }}", "[1, 2]")]
    [InlineData("{{ now_utc() | tojson }}", "'{{ now_utc() | tojson }}'")]
    [InlineData("{{ '\"' + ('x' | tojson) }}", "'&#34;\"x\"'")]
    public void tojson_sorts_keys_and_escapes_for_html(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ [3, 1, 2] | sort }}", "[1, 2, 3]")]
    [InlineData("{{ ['b', 'A'] | sort }}", "['A', 'b']")]
    [InlineData("{{ ['b', 'A'] | sort(case_sensitive=true) }}", "['A', 'b']")]
    [InlineData("{{ [{'k': 2}, {'k': 1}] | sort(attribute='k') }}", "[{'k': 1}, {'k': 2}]")]
    [InlineData("{{ [1, 'a'] | sort }}", "\"{{ [1, 'a'] | sort }}\"")]
    [InlineData("{{ [1, 1, 2] | unique | list }}", "[1, 2]")]
    [InlineData("{{ ['a', 'A'] | unique | list }}", "['a']")]
    [InlineData("{{ [5, 6] | first }}", "5")]
    [InlineData("{{ [] | first }}", "''")]
    [InlineData("{{ [5, 6] | last }}", "6")]
    [InlineData("{{ [1, 'a', none] | join(',') }}", "'1,a,None'")]
    [InlineData("{{ [1, 2, 3] | batch(2) | list }}", "[[1, 2], [3]]")]
    [InlineData("{{ [1, 2, 3] | slice(2) | list }}", "[[1, 2], [3]]")]
    [InlineData("{{ 'abc' | reverse }}", "'cba'")]
    [InlineData("{{ [1, 2] | reverse | list }}", "[2, 1]")]
    [InlineData("{{ [3, 1] | min }}", "1")]
    [InlineData("{{ [] | max }}", "''")]
    [InlineData("{{ {'b': 1, 'a': 2} | dictsort }}", "[('a', 2), ('b', 1)]")]
    [InlineData("{{ [{'g': 1, 'v': 'a'}, {'g': 2}, {'g': 1}] | groupby('g') | map('first') | list }}", "[1, 2]")]
    [InlineData("{{ 'ab' | list }}", "['a', 'b']")]
    [InlineData("{{ 5 | list }}", "'{{ 5 | list }}'")]
    public void sequences(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ [{'a': {'b': 1}}] | map(attribute='a.b') | list }}", "[1]")]
    [InlineData("{{ ['a', 'b'] | map('upper') | list }}", "['A', 'B']")]
    [InlineData("{{ [{'a': 1}, {}] | map(attribute='a', default=0) | list }}", "[1, 0]")]
    [InlineData("{{ [{'t': 1}, {'t': 2}] | selectattr('t', 'gt', 1) | list }}", "[{'t': 2}]")]
    [InlineData("{{ [1, 2, 3] | reject('odd') | list }}", "[2]")]
    [InlineData("{{ [1, '', none] | select | list }}", "[1]")]
    [InlineData("{{ [] | selectattr('x', 'nosuch') | list }}", "[]")]
    [InlineData("{{ [1] | select('nosuch') | list }}", "!UnknownFilterOrTest")]
    [InlineData("{{ [1] | map('nosuch') | list }}", "!UnknownFilterOrTest")]
    [InlineData("{% set g = [1] | map('string') %}{{ g | list }}{{ g | list }}", "'[\\'\"\"\"1\"\"\"\\'][]'")]
    [InlineData("{{ not ([] | select) }}", "False")]
    public void map_and_select_are_lazy(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ 'a-b-c' | replace('-', '+', 1) }}", "'a+b-c'")]
    [InlineData("{{ 'xxaxx' | trim('x') }}", "'a'")]
    [InlineData("{{ 'hello world' | title }}", "'Hello World'")]
    [InlineData("{{ 'a very long text here' | truncate(10) }}", "'a very...'")]
    [InlineData("{{ '<a>' | escape }}", "'&lt;a&gt;'")]
    [InlineData("{{ 'a b' | wordcount }}", "2")]
    [InlineData("{{ '%s-%02d' | format('x', 5) }}", "'x-05'")]
    [InlineData("{{ 5 | upper }}", "5")]
    [InlineData("{{ '<b>x</b>  y' | striptags }}", "'x y'")]
    [InlineData("{{ 'a\\nb' | indent(2) }}", "'a\\n  b'")]
    [InlineData("{{ 'one two three' | wordwrap(7) }}", "'one two\\nthree'")]
    public void texts(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ 'abc' | base64encode }}", "'YWJj'")]
    [InlineData("{{ 'YWJj' | base64decode }}", "'abc'")]
    [InlineData("{{ 'YWJ' | base64decode }}", "!Value")]
    [InlineData("{{ 'abc' | base64binascii_decode }}", "'YWJj'")]
    [InlineData("{{ 5 | base64encode }}", "!Attribute")]
    [InlineData("{{ 'abc' | hash }}", "'900150983cd24fb0d6963f7d28e17f72'")]
    [InlineData("{{ 'abc' | hash('sha1') }}", "'a9993e364706816aba3e25717850c26c9cd0d89d'")]
    [InlineData("{{ 'abc' | hash('md5', 'salt') }}", "'1e21f6da01c5047e4bf45b0496bd6937'")]
    [InlineData("{{ [1, 2] | hash('blake2b') }}", "'c7dbb713eb7411b5985865dfe7ef83598a7b8fe143f6b045f2eb545e93540e80093eb48d08158720d1ab8edc1339d4b2f6ac6aaefd89956de16d8456670a9e87'")]
    [InlineData("{{ {'a': 1} | hash }}", "'5268827fe25d043c696340679639cf67'")]
    [InlineData("{{ 'x' | hash('nosuch') }}", "!Attribute")]
    [InlineData("{{ 'msg' | hmac('key') }}", "'2d93cbc1be167bcb1637a4a23cbff01a7878f0c50ee833954ea5221bb1b8c628'")]
    [InlineData("{{ 'msg' | hmac('key', 'md5') }}", "!Value")]
    [InlineData("{{ 'a b/é&' | urlencode }}", "'a%20b/%C3%A9%26'")]
    [InlineData("{{ {'a': 'x y', 'b': 1} | urlencode }}", "'a=x+y&b=1'")]
    [InlineData("{{ sanitize_url('https://x.io/a b?c=é') }}", "'https%3A%2F%2Fx.io%2Fa+b%3Fc%3D%C3%A9'")]
    public void encodings_and_hashes(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ 'page=12&x' | regex_search('page=(\\\\d+)') }}", "12")]
    [InlineData("{{ 'page=12' | regex_search('page=\\\\d+') }}", "''")]
    [InlineData("{{ 'ab' | regex_search('(a)|(b)') }}", "'a'")]
    [InlineData("{{ 'b' | regex_search('(a)|(b)') }}", "None")]
    [InlineData("{{ 'abcabc' | regex_search('(?P<x>a)bc(?P=x)') }}", "'a'")]
    [InlineData("{{ 'ABC' | regex_search('(?i)(abc)') }}", "'ABC'")]
    [InlineData("{{ 'aab' | regex_search('(a++)b') }}", "'aa'")]
    [InlineData("{{ 'x' | regex_search('(') }}", "!Regex")]
    [InlineData("{{ 5 | regex_search('(x)') }}", "\"{{ 5 | regex_search('(x)') }}\"")]
    [InlineData("{{ 'abc' | regex_replace('(?P<x>b)', '[\\\\g<x>]') }}", "'a[b]c'")]
    [InlineData("{{ 'abc' | regex_replace('(b)', '\\\\1\\\\1') }}", "'abbc'")]
    [InlineData("{{ 'abc' | regex_replace('^', '>') }}", "'>abc'")]
    [InlineData("{{ 'a😀b' | regex_search('(.)b') }}", "'😀'")]
    [InlineData("{{ 'x' | regex_search('(\\\\p{L})') }}", "!Regex")]
    public void regular_expressions_are_pythons(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ 1 | nosuch }}", "!UnknownFilterOrTest")]
    [InlineData("{{ 1 if true else (1 | nosuch) }}", "1")]
    [InlineData("{{ (1 | nosuch) if true else 1 }}", "!UnknownFilterOrTest")]
    [InlineData("{% if false %}{{ 1 | nosuch }}{% endif %}", "''")]
    [InlineData("{{ 1 | upper(1, 2) }}", "'{{ 1 | upper(1, 2) }}'")]
    public void an_unknown_filter_is_an_error_unless_it_is_out_of_reach(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));
}

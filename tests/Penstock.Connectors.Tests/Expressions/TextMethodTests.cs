namespace Penstock.Connectors.Tests.Expressions;

public class TextMethodTests
{
    [Theory]
    [InlineData("{{ 'a,b,,c'.split(',') }}", "['a', 'b', '', 'c']")]
    [InlineData("{{ ' a  b '.split() }}", "['a', 'b']")]
    [InlineData("{{ 'a,b,c'.split(',', 1) }}", "['a', 'b,c']")]
    [InlineData("{{ 'a,b,c'.rsplit(',', 1) }}", "['a,b', 'c']")]
    [InlineData("{{ ''.split(',') }}", "['']")]
    [InlineData("{{ 'a'.split('') }}", "!Value")]
    [InlineData("{{ 'a-b'.partition('-') }}", "('a', '-', 'b')")]
    [InlineData("{{ 'ab'.rpartition('-') }}", "('', '', 'ab')")]
    [InlineData("{{ 'a\\nb\\r\\nc'.splitlines() }}", "['a', 'b', 'c']")]
    [InlineData("{{ ','.join(['a', 'b']) }}", "'a,b'")]
    [InlineData("{{ ','.join([1]) }}", "\"{{ ','.join([1]) }}\"")]
    [InlineData("{{ '-'.join('abc') }}", "'a-b-c'")]
    public void splitting_and_joining(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ '  x '.strip() }}|", "'x|'")]
    [InlineData("{{ 'xxaxx'.strip('x') }}", "'a'")]
    [InlineData("{{ 'a/'.rstrip('/') }}", "'a'")]
    [InlineData("{{ 'abc'.lstrip('ab') }}", "'c'")]
    [InlineData("{{ 'aaa'.replace('a', 'b', 2) }}", "'bba'")]
    [InlineData("{{ 'ab'.replace('', '-') }}", "'-a-b-'")]
    [InlineData("{{ 'prefix-x'.removeprefix('prefix-') }}", "'x'")]
    [InlineData("{{ 'x.json'.removesuffix('.json') }}", "'x'")]
    public void trimming_and_replacing(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ 'straße'.upper() }}", "'STRASSE'")]
    [InlineData("{{ 'ΑΣ'.lower() }}", "'ας'")]
    [InlineData("{{ 'ÉCOLE'.lower() }}", "'école'")]
    [InlineData("{{ 'hello world-foo'.title() }}", "'Hello World-Foo'")]
    [InlineData("{{ 'hELLO'.capitalize() }}", "'Hello'")]
    [InlineData("{{ 'aB'.swapcase() }}", "'Ab'")]
    [InlineData("{{ 'ß'.casefold() }}", "'ss'")]
    public void case_follows_unicode(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ 'abcb'.find('b') }}", "1")]
    [InlineData("{{ 'abcb'.rfind('b') }}", "3")]
    [InlineData("{{ 'abc'.find('z') }}", "-1")]
    [InlineData("{{ 'abc'.index('z') }}", "!Value")]
    [InlineData("{{ '😀ab'.find('b') }}", "2")]
    [InlineData("{{ 'aXbX'.count('X') }}", "2")]
    [InlineData("{{ 'abc'.startswith(('x', 'a')) }}", "True")]
    [InlineData("{{ 'abc'.endswith('bc', 2) }}", "False")]
    [InlineData("{{ '😀' | length }}", "1")]
    public void searching_counts_code_points(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ '12'.isdigit() }}", "True")]
    [InlineData("{{ '1.5'.isnumeric() }}", "False")]
    [InlineData("{{ 'ab'.isalpha() }}", "True")]
    [InlineData("{{ ''.isalnum() }}", "False")]
    [InlineData("{{ 'a b'.isspace() }}", "False")]
    [InlineData("{{ 'AB'.isupper() }}", "True")]
    [InlineData("{{ 'x1'.isidentifier() }}", "True")]
    public void asking_about_characters(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ '7'.zfill(3) }}x", "'007x'")]
    [InlineData("{{ '-7'.zfill(4) }}x", "'-007x'")]
    [InlineData("{{ 'a'.center(5, '*') }}", "'**a**'")]
    [InlineData("{{ 'a'.ljust(3) }}|", "'a  |'")]
    [InlineData("{{ 'a'.rjust(3, '.') }}", "'..a'")]
    [InlineData("{{ 'abc'.translate({97: 'x', 98: none}) }}", "'xc'")]
    [InlineData("{{ 'a'.encode() }}", "b'a'")]
    [InlineData("{{ 'é'.encode('ascii') }}", "!Unicode")]
    public void padding_and_translating(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));
}

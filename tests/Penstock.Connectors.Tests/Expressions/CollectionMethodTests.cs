namespace Penstock.Connectors.Tests.Expressions;

public class CollectionMethodTests
{
    [Theory]
    [InlineData("{% set l = [1] %}{% set _ = l.append(2) %}{{ l }}", "[1, 2]")]
    [InlineData("{{ [].append(1) }}", "None")]
    [InlineData("{% set l = [3, 1] %}{% set _ = l.sort() %}{{ l }}", "[1, 3]")]
    [InlineData("{% set l = [1, 2] %}{{ l.pop() }}{{ l }}", "'2[1]'")]
    [InlineData("{% set l = [1, 2] %}{% set _ = l.insert(0, 0) %}{{ l }}", "[0, 1, 2]")]
    [InlineData("{% set l = [1] %}{% set _ = l.extend((2, 3)) %}{{ l }}", "[1, 2, 3]")]
    [InlineData("{% set l = [1, 2] %}{% set _ = l.reverse() %}{{ l }}", "[2, 1]")]
    [InlineData("{{ [].pop() }}", "!Index")]
    [InlineData("{{ [1].remove(2) }}", "!Value")]
    [InlineData("{{ [1, 2, 1].count(1) }}", "2")]
    [InlineData("{{ [1, 2].index(3) }}", "!Value")]
    public void lists_change_in_place(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ {'b': 1, 'a': 2}.keys() | list }}", "['b', 'a']")]
    [InlineData("{{ {'a': 1}.items() | list }}", "[('a', 1)]")]
    [InlineData("{{ {'a': 1}.values() | list }}", "[1]")]
    [InlineData("{% set d = {'a': 1} %}{% set _ = d.update({'b': 2}, c=3) %}{{ d }}", "{'a': 1, 'b': 2, 'c': 3}")]
    [InlineData("{% set d = {'a': 1} %}{{ d.pop('a') }}{{ d }}", "'1{}'")]
    [InlineData("{{ {}.pop('a') }}", "!Key")]
    [InlineData("{{ {}.pop('a', 5) }}", "5")]
    [InlineData("{{ {'a': 1}.setdefault('a', 2) }}", "1")]
    [InlineData("{{ {'a': 1} == {'a': 1.0} }}", "True")]
    [InlineData("{{ {1: 'a', 1.0: 'b', true: 'c'} }}", "{1: 'c'}")]
    [InlineData("{{ 'a' in {'a': 1}.keys() }}", "True")]
    [InlineData("{{ {'a': 1}.items() }}", "\"dict_items([('a', 1)])\"")]
    [InlineData("{{ dict(a=1, b=2) }}", "{'a': 1, 'b': 2}")]
    [InlineData("{{ {[1]: 2} }}", "'{{ {[1]: 2} }}'")]
    public void mappings_keep_their_order(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));
}

namespace Penstock.Connectors.Tests.Expressions;

public class IsTests
{
    [Theory]
    [InlineData("{{ 1 is number }}", "True")]
    [InlineData("{{ true is number }}", "True")]
    [InlineData("{{ true is integer }}", "False")]
    [InlineData("{{ 1.0 is float }}", "True")]
    [InlineData("{{ 'a' is string }}", "True")]
    [InlineData("{{ {} is mapping }}", "True")]
    [InlineData("{{ [] is sequence }}", "True")]
    [InlineData("{{ 'a' is iterable }}", "True")]
    [InlineData("{{ 1 is iterable }}", "False")]
    [InlineData("{{ none is none }}", "True")]
    [InlineData("{{ 'true' is true }}", "False")]
    [InlineData("{{ now_utc is callable }}", "True")]
    [InlineData("{{ 1 is boolean }}", "False")]
    public void tests_look_at_types(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ 3 is odd }}", "True")]
    [InlineData("{{ 9 is divisibleby 3 }}", "True")]
    [InlineData("{{ 3 is gt 2 }}", "True")]
    [InlineData("{{ 'a' is in ['a'] }}", "True")]
    [InlineData("{{ 1 is sameas true }}", "False")]
    [InlineData("{{ 'a' is eq 'a' }}", "True")]
    [InlineData("{{ 'A' is upper }}", "True")]
    [InlineData("{{ 'upper' is filter }}", "True")]
    [InlineData("{{ 'odd' is test }}", "True")]
    [InlineData("{{ 5 is not even }}", "True")]
    [InlineData("{{ 'a' is odd }}", "\"{{ 'a' is odd }}\"")]
    [InlineData("{{ 1 is nosuch }}", "!UnknownFilterOrTest")]
    public void tests_compare(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ config.x is defined }}", "False")]
    [InlineData("{{ config.x is undefined }}", "True")]
    [InlineData("{{ config.x is none }}", "False")]
    [InlineData("{{ config.x is string }}", "False")]
    [InlineData("{{ config.x.y is defined }}", "!Undefined")]
    public void undefined_is_not_defined(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template, """{"config":{}}"""));
}

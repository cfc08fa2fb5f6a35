using Penstock.Connectors.Expressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Tests.Expressions;

public class LiteralNumberTests
{
    [Theory]
    [InlineData("0b07dc62d4f893191d1263896d0be681")]
    [InlineData("0o9e1")]
    public void a_text_that_only_begins_like_a_based_number_stays_a_text(string text) =>
        Assert.Equal(text, new InterpolatedString("{{ config.v }}").Evaluate(new EvaluationContext(new DictValue { ["v"] = text }, TimeProvider.System)).AsText);

    [Fact]
    public void e_is_a_digit_of_a_hexadecimal_number() =>
        Assert.Equal((Value)0x1eL, new InterpolatedString("0x1e").Evaluate(new EvaluationContext(new DictValue(), TimeProvider.System)));
}

using System.Text;
using Penstock.Pipelines.Masking;

namespace Penstock.Pipelines.Tests.Masking;

public class PartialDigitsTests
{
    [Fact]
    public void what_is_masked_without_a_string_is_masked_as_with_one()
    {
        const string Characters = "0123456789012345678901234567890123456789 +-()/.xé";
        var chance = new Random(5);
        int taken = 0;
        Span<byte> hidden = stackalloc byte[PartialDigits.MostBytes];
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, chance.Next(0, 40)).Select(_ => Characters[chance.Next(chance.Next(2) == 0 ? 47 : Characters.Length)]));
            var rule = new PartialValue((PartialKind)chance.Next(5), 1, 1);
            int length = PartialDigits.Write(Encoding.UTF8.GetBytes(text), rule.Kind, hidden);
            taken += length > 0 ? 1 : 0;
            if (length > 0)
                Assert.Equal(PartialText.Of(text, rule), Encoding.UTF8.GetString(hidden[..length]));
        }

        Assert.InRange(taken, 1_000, 19_000);
    }
}

using System.Globalization;
using System.Numerics;
using System.Text;
using Penstock.Pipelines.Contracts.Values;

namespace Penstock.Pipelines.Tests.Contracts.Values;

public class ExactNumberTests
{
    [Theory]
    [InlineData("0.1", "0.10", 0)]
    [InlineData("9007199254740993", "9007199254740992", 1)]
    [InlineData("18446744073709551616", "18446744073709551615", 1)]
    [InlineData("0.30000000000000000000000000000000000001", "0.3", 1)]
    [InlineData("-0.30000000000000000000000000000000000001", "-0.3", -1)]
    [InlineData("1e400", "1e399", 1)]
    [InlineData("1e-400", "0", 1)]
    [InlineData("-1e400", "1", -1)]
    [InlineData("1e3", "1000.000", 0)]
    [InlineData("-0", "0.0e99", 0)]
    [InlineData("123456789012345678", "123456789012345678.0000000001", -1)]
    [InlineData("999999999999999999", "0.000000000000000001", 1)]
    public void numbers_are_compared_as_they_are_written_and_never_as_doubles(string a, string b, int order)
    {
        Assert.Equal(order, Math.Sign(Parse(a).ComparedTo(Parse(b))));
        Assert.Equal(-order, Math.Sign(Parse(b).ComparedTo(Parse(a))));
    }

    [Theory]
    [InlineData("0.3", "0.1", true)]
    [InlineData("0.35", "0.1", false)]
    [InlineData("1e30", "0.01", true)]
    [InlineData("100000000000000000000000000000.05", "0.05", true)]
    [InlineData("100000000000000000000000000000.06", "0.05", false)]
    [InlineData("0", "7", true)]
    [InlineData("-21", "7", true)]
    public void multiples_are_exact(string number, string step, bool isMultiple) => Assert.Equal(isMultiple, Parse(number).IsMultipleOf(Parse(step)));

    [Fact]
    public void random_numbers_compare_as_fractions_of_big_integers_do()
    {
        var random = new Random(1);
        for (int i = 0; i < 3_000; i++)
        {
            (string a, string b) = (Number(random), Number(random));
            Assert.Equal((a, b, Math.Sign((Scaled(a) - Scaled(b)).Sign)), (a, b, Math.Sign(Parse(a).ComparedTo(Parse(b)))));
            Assert.Equal((a, Scaled(a) % BigInteger.Pow(10, 60) == 0), (a, Parse(a).IsInteger));
        }
    }

    private static string Number(Random random)
    {
        var text = new StringBuilder(random.Next(3) == 0 ? "-" : "");
        int whole = random.Next(1, random.Next(2) == 0 ? 4 : 24);
        for (int i = 0; i < whole; i++)
            text.Append((char)('0' + random.Next(i == 0 && whole > 1 ? 1 : 0, 10)));
        int fraction = random.Next(3) == 0 ? 0 : random.Next(0, 22);
        if (fraction > 0)
            text.Append('.');
        for (int i = 0; i < fraction; i++)
            text.Append((char)('0' + (random.Next(2) == 0 ? 0 : random.Next(10))));
        if (random.Next(3) == 0)
            text.Append(CultureInfo.InvariantCulture, $"e{random.Next(-20, 20)}");
        return text.ToString();
    }

    private static BigInteger Scaled(string number)
    {
        string[] parts = number.Split('e');
        string[] mantissa = parts[0].Split('.');
        string fraction = mantissa.Length > 1 ? mantissa[1] : "";
        int exponent = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0) - fraction.Length + 60;
        return BigInteger.Parse(mantissa[0] + fraction, CultureInfo.InvariantCulture) * BigInteger.Pow(10, exponent);
    }

    private static ExactNumber Parse(string text) => ExactNumber.Parse(Encoding.ASCII.GetBytes(text));
}

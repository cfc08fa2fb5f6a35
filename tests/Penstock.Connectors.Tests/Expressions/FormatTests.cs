namespace Penstock.Connectors.Tests.Expressions;

public class FormatTests
{
    [Theory]
    [InlineData("{{ '%02d:%05.2f' % (7, 3.14159) }}", "'07:03.14'")]
    [InlineData("{{ '%s|%r|%5s|%-5s|' % ('a', 'b', 'c', 'd') }}", "\"a|'b'|    c|d    |\"")]
    [InlineData("{{ '%x %X %o %e %g' % (255, 255, 8, 12345.678, 0.0001) }}", "'ff FF 10 1.234568e+04 0.0001'")]
    [InlineData("{{ '%(a)s-%(b)d' % {'a': 'x', 'b': 5} }}", "'x-5'")]
    [InlineData("{{ '%%' % () }}", "'%'")]
    [InlineData("{{ '%d' % '5' }}", "\"{{ '%d' % '5' }}\"")]
    [InlineData("{{ '%s' % (1, 2) }}", "\"{{ '%s' % (1, 2) }}\"")]
    [InlineData("{{ '%s %s' % 1 }}", "\"{{ '%s %s' % 1 }}\"")]
    [InlineData("{{ '%+d % d' % (5, 5) }}", "'+5  5'")]
    [InlineData("{{ '%.0f %.0f' % (0.5, 1.5) }}", "'0 2'")]
    [InlineData("{{ '%c%c' % (65, 'b') }}", "'Ab'")]
    [InlineData("{{ '%q' % 1 }}", "!Value")]
    [InlineData("{{ '%*d' % (5, 1) }}|", "'    1|'")]
    public void percent_formats(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));

    [Theory]
    [InlineData("{{ '{}-{}'.format(1, 'b') }}", "'1-b'")]
    [InlineData("{{ '{1}{0}'.format('a', 'b') }}", "'ba'")]
    [InlineData("{{ '{k}'.format(k='v') }}", "'v'")]
    [InlineData("{{ '{:>6.2f}|{:<4}|{:^5}|'.format(3.14159, 'a', 'b') }}", "'  3.14|a   |  b  |'")]
    [InlineData("{{ '{:,} {:_}'.format(1234567, 1234567) }}", "'1,234,567 1_234_567'")]
    [InlineData("{{ '{:x} {:#b} {:05d}'.format(255, 5, -42) }}", "'ff 0b101 -0042'")]
    [InlineData("{{ '{:%} {:e} {:g}'.format(0.25, 1234.5, 1e20) }}", "'25.000000% 1.234500e+03 1e+20'")]
    [InlineData("{{ '{0[a]} {0[b][1]}'.format({'a': 1, 'b': [2, 3]}) }}", "'1 3'")]
    [InlineData("{{ '{!r:>5}'.format('a') }}", "'a'")]
    [InlineData("{{ '{{}}'.format() }}x", "'{}x'")]
    [InlineData("{{ '{}'.format() }}", "!Index")]
    [InlineData("{{ '{} {0}'.format(1) }}", "!Value")]
    [InlineData("{{ '{:d}'.format('a') }}", "!Value")]
    [InlineData("{{ '{:%Y/%m}'.format(now_utc()) }}", "'2025/06'")]
    [InlineData("{{ '{0:{1}}'.format('a', 3) }}|", "'a  |'")]
    public void brace_formats(string template, string expected) =>
        Assert.Equal(expected, Evaluations.Result(template));
}

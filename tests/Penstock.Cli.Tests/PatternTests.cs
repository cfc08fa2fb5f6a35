using System.Reflection;
using System.Text.RegularExpressions;
using Penstock.Cli.CommandLine;
using Penstock.Connectors;
using Penstock.Connectors.Values;
using Penstock.Http.Routing;
using Penstock.Pipelines.Stages;

namespace Penstock.Cli.Tests;

/// <summary>
/// Regression: a machine that stood still for a second in the midst of a match failed what it was for: a slice, a definition, a
/// template. The time of a match is there for patterns that never end.
/// </summary>
public class PatternTests
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static TheoryData<Type> OneOfEachAssembly => [typeof(ExitCode), typeof(Connector), typeof(EndpointTable), typeof(ExtractStage)];

    [Theory, MemberData(nameof(OneOfEachAssembly))]
    public void no_pattern_fails_because_the_machine_stands_still(Type one)
    {
        MethodInfo[] patterns = [.. one.Assembly.GetTypes().SelectMany(type => type.GetMethods(Static)).Where(method => method.ReturnType == typeof(Regex) && method.GetParameters().Length == 0)];
        Assert.NotEmpty(patterns);
        foreach (MethodInfo pattern in patterns)
        {
            var regex = (Regex)pattern.Invoke(null, null)!;
            Assert.True(regex.MatchTimeout == Regex.InfiniteMatchTimeout || regex.MatchTimeout >= MatchTime.Longest, $"{pattern.DeclaringType}.{pattern.Name} has {regex.MatchTimeout}");
        }
    }
}

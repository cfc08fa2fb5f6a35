using System.Xml.Linq;

namespace Penstock.Functions.Tests;

public sealed class StandInTests
{
    private static readonly string Folder = Path.Combine(RepositoryRoot.Path, "eng", "standins");

    [Fact]
    public void every_package_that_a_registry_may_lack_has_a_stand_in_of_its_name()
    {
        XDocument pins = XDocument.Load(Path.Combine(RepositoryRoot.Path, "Directory.Packages.props"));
        string[] lacked = [.. pins.Descendants("PackageVersion").Where(pin => pin.Attribute("Family")?.Value is "Functions" or "Pulumi").Select(pin => pin.Attribute("Include")!.Value)];

        Assert.NotEmpty(lacked);
        Assert.All(lacked, package => Assert.True(File.Exists(Path.Combine(Folder, package, $"{package}.csproj")), $"There is no stand-in for {package}."));
    }
}

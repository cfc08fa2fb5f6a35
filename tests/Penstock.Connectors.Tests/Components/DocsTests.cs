namespace Penstock.Connectors.Tests.Components;

public class DocsTests
{
    [Fact]
    public async Task the_documented_component_is_the_one_that_is_tested()
    {
        var docs = await File.ReadAllTextAsync(SharedFolder.InRepository("docs/connectors.md"));
        var tested = await File.ReadAllTextAsync(SharedFolder.InRepository("tests/Penstock.Connectors.Tests/Components/AcmeAuthenticator.cs"));
        Assert.Contains(tested[tested.IndexOf("[ConnectorComponent", StringComparison.Ordinal)..].TrimEnd(), docs, StringComparison.Ordinal);
        foreach (var (type, kind) in Penstock.Connectors.Components.ComponentKinds.All)
        {
            Assert.Contains($"`{type}`", docs, StringComparison.Ordinal);
            Assert.Contains($"`{kind.Name}`", docs, StringComparison.Ordinal);
        }
    }
}

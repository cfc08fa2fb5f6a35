namespace Penstock.Functions.Tests;

public sealed class HostJsonTests
{
    [Fact]
    public void host_json_is_beside_the_app() => Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "host.json")));
}

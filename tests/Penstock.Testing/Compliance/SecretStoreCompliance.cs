using Penstock.Pipelines.Ports;

namespace Penstock.Testing.Compliance;

/// <summary>What every <see cref="ISecretStore"/> promises. The store holds the secret <c>api-key-1</c> = <c>s3cr=t "ü" {x}</c>.</summary>
public abstract class SecretStoreCompliance
{
    protected const string Name = "api-key-1";
    protected const string Value = "s3cr=t \"ü\" {x}";

    protected abstract ISecretStore Store { get; }

    [Fact]
    public async Task a_secret_is_found() => Assert.Equal(Value, await Store.FindAsync(Name));

    [Fact]
    public async Task a_name_has_no_case() => Assert.Equal(Value, await Store.FindAsync("API-key-1"));

    [Fact]
    public async Task a_secret_that_is_not_there_is_null() => Assert.Null(await Store.FindAsync("no-such-secret"));

    [Theory]
    [InlineData("")]
    [InlineData("a_b")]
    [InlineData("a/b")]
    [InlineData("../a")]
    [InlineData("a b")]
    [InlineData("a?x=1")]
    public async Task a_wrong_name_is_refused(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.FindAsync(name));

    [Fact]
    public async Task many_may_ask_at_once()
    {
        string?[] values = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await Store.FindAsync(Name))));
        Assert.All(values, value => Assert.Equal(Value, value));
    }
}

using Penstock.Azure.Secrets;
using Penstock.Pipelines.Ports;
using Penstock.Testing;
using Penstock.Testing.Compliance;

namespace Penstock.Azure.Tests.Secrets;

public sealed class KeyVaultSecretStoreTests : SecretStoreCompliance, IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private FakeVault _vault = null!;
    private KeyVaultSecretStore _store = null!;

    protected override ISecretStore Store => _store;

    public async ValueTask InitializeAsync()
    {
        _vault = await FakeVault.StartAsync();
        _vault[Name] = Value;
        _store = new KeyVaultSecretStore(_vault.Client, _time, TimeSpan.FromMinutes(5));
    }

    public async ValueTask DisposeAsync() => await _vault.DisposeAsync();

    [Fact]
    public async Task a_secret_is_looked_up_once_in_its_lifetime()
    {
        for (int i = 0; i < 10; i++)
            Assert.Equal(Value, await _store.FindAsync(Name));
        Assert.Equal(1, _vault.LookUps);
    }

    [Fact]
    public async Task a_rotated_secret_is_seen_when_its_lifetime_is_over()
    {
        await _store.FindAsync(Name);
        _vault[Name] = "rotated";
        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.Equal(Value, await _store.FindAsync(Name));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("rotated", await _store.FindAsync(Name));
    }

    [Fact]
    public async Task a_secret_that_was_missing_is_found_as_soon_as_it_is_there()
    {
        Assert.Null(await _store.FindAsync("late"));
        _vault["late"] = "x";
        Assert.Equal("x", await _store.FindAsync("late"));
    }

    [Fact]
    public async Task a_refusal_says_what_to_do_and_no_secret()
    {
        _vault.Refusals.Enqueue(403);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(async () => await _store.FindAsync(Name));
        Assert.Contains($"refuses the secret '{Name}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Key Vault Secrets User", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Value, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_throttling_vault_is_waited_for()
    {
        _vault.Refusals.Enqueue(429);
        _vault.Refusals.Enqueue(503);
        Assert.Equal(Value, await _store.FindAsync(Name));
        Assert.Equal(3, _vault.LookUps);
    }
}

using Penstock.Pipelines.Folders;
using Penstock.Pipelines.Memory;
using Penstock.Testing;

namespace Penstock.Pipelines.Tests.Folders;

public sealed class FolderSecretsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string SecretsFile => Path.Combine(_folder.Path, "secrets.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void a_secret_is_an_environment_variable() =>
        Assert.Equal("PENSTOCK_SECRET_GITHUB_TOKEN_2", EnvironmentSecretStore.VariableName("github-Token-2"));

    [Fact]
    public async Task without_a_file_there_is_no_secret() => Assert.Null(await new FileSecretStore(SecretsFile).FindAsync("x"));

    [Fact]
    public async Task a_file_is_read_anew_with_every_look_up()
    {
        var store = new FileSecretStore(SecretsFile);
        File.WriteAllText(SecretsFile, """{"x": "1"}""");
        Assert.Equal("1", await store.FindAsync("x"));
        File.WriteAllText(SecretsFile, """{"x": "2"}""");
        Assert.Equal("2", await store.FindAsync("x"));
    }

    [Theory]
    [InlineData("""{"a": "b", "x": truehunter2}""", "not JSON at line 1")]
    [InlineData("""["hunter2"]""", "expected one JSON object")]
    [InlineData("""{"x": ["hunter2"]}""", "the secret 'x' is a Array; write it as a string in quotes")]
    public async Task a_wrong_file_is_told_without_a_secret(string content, string expected)
    {
        File.WriteAllText(SecretsFile, content);
        var told = await Assert.ThrowsAsync<InvalidDataException>(async () => await new FileSecretStore(SecretsFile).FindAsync("x"));
        Assert.Contains(expected, told.Message, StringComparison.Ordinal);
        Assert.StartsWith(SecretsFile, told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_first_store_that_knows_a_secret_answers()
    {
        MemorySecretStore first = new(), second = new();
        first.Set("a", "1");
        second.Set("a", "2");
        second.Set("b", "3");
        var store = new FirstSecretStore(first, second);
        Assert.Equal(("1", "3", null), (await store.FindAsync("a"), await store.FindAsync("b"), await store.FindAsync("c")));
    }
}

using Penstock.Pipelines.Folders;

namespace Penstock.Pipelines.Tests.Folders;

public class FolderNamesTests
{
    [Theory]
    [InlineData("pokeapi/pokemon/part-01.jsonl.gz", "pokeapi/pokemon/part-01.jsonl.gz")]
    [InlineData("a", "a+")]
    [InlineData("a/b", "a/b+")]
    [InlineData("v1.0/Account.json", "v1+-0/+account.json")]
    [InlineData("nul.json", "+=nul.json")]
    [InlineData("COM1/x.", "+=+c+o+m1/x.+")]
    [InlineData("date=2026-01-01/x_y~2f.json", "date=2026-01-01/x_y~2f.json")]
    public void a_name_stays_readable(string blobPath, string filePath) =>
        Assert.Equal(filePath, FolderNames.FilePath(blobPath).Replace(Path.DirectorySeparatorChar, '/'));

    [Fact]
    public void any_name_is_safe_on_every_file_system_and_reads_back()
    {
        var random = new Random(5);
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string name in Enumerable.Range(0, 3000).Select(_ => RandomName(random)).Distinct())
        {
            string path = FolderNames.FilePath(name).Replace(Path.DirectorySeparatorChar, '/');
            Assert.True(files.TryAdd(path, name), $"{name} and {files.GetValueOrDefault(path)} are both {path}");
            string[] components = path.Split('/');
            Assert.All(components, component =>
            {
                Assert.Matches("^[a-z0-9._=~+-]{1,210}$", component);
                Assert.DoesNotMatch(@"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|\.$|^\.", component);
            });
            Assert.Equal(name, string.Concat(components.Select((component, i) => FolderNames.Decode(component, i < components.Length - 1))));
        }
    }

    [Theory]
    [InlineData(".DS_Store", false)]
    [InlineData("README.md", false)]
    [InlineData("with space.json", false)]
    [InlineData("noextension", false)]
    [InlineData("a+", true)]
    [InlineData("a+b.json+", false)]
    [InlineData("a.b", true)]
    public void what_is_not_ours_is_not_decoded(string component, bool isFolder) => Assert.Null(FolderNames.Decode(component, isFolder));

    private static string RandomName(Random random)
    {
        const string Letters = "aAbB01._=~-";
        string[] odd = ["con", "NUL", "aux.json", "com1", "Lpt9.x", "x.", "a..b", new('n', 99), new('n', 100), new('N', 101), new string('m', 300) + ".json"];
        return string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(4) == 0 ? odd[random.Next(odd.Length)] : "x" + random.GetString(Letters, random.Next(0, 5))));
    }
}

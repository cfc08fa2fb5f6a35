using System.Text;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Ports;

namespace Penstock.Testing.Compliance;

/// <summary>What every <see cref="IBlobStore"/> promises. Each test works under a prefix of its own, so that a store may be shared.</summary>
public abstract class BlobStoreCompliance
{
    private readonly string _home = $"{BlobAreas.State}/{new CryptoIdSource().Next()}";

    protected abstract IBlobStore Store { get; }

    private string Name(string path) => $"{_home}/{path}";

    private static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private async Task<string> Text(string name) => Encoding.UTF8.GetString((await Store.GetAsync(name))!.Content.Span);

    private async Task<string> Put(string name, string content) =>
        Assert.IsType<Stored>(await Store.PutIfAbsentAsync(name, Utf8(content))).ETag;

    private async Task<List<string>> List(string prefix) => await Store.ListAsync(prefix).Select(entry => entry.Name).ToListAsync();

    [Fact]
    public async Task a_blob_reads_back_as_it_was_written()
    {
        string etag = await Put(Name("a.json"), "{\"é\":1}");
        Blob blob = (await Store.GetAsync(Name("a.json")))!;
        Assert.Equal("{\"é\":1}", Encoding.UTF8.GetString(blob.Content.Span));
        Assert.Equal(etag, blob.ETag);
        await using Stream opened = (await Store.OpenAsync(Name("a.json")))!;
        Assert.Equal("{\"é\":1}", await new StreamReader(opened).ReadToEndAsync());
    }

    [Fact]
    public async Task an_absent_blob_is_null()
    {
        Assert.Null(await Store.GetAsync(Name("none.json")));
        Assert.Null(await Store.OpenAsync(Name("none/of/these.json")));
        Assert.False(await Store.DeleteAsync(Name("none.json")));
        Assert.Empty(await List(Name("")));
    }

    [Fact]
    public async Task put_if_absent_conflicts_with_what_is_there()
    {
        await Put(Name("a.json"), "first");
        Assert.IsType<PutConflict>(await Store.PutIfAbsentAsync(Name("a.json"), Utf8("second")));
        Assert.Equal("first", await Text(Name("a.json")));
    }

    [Fact]
    public async Task put_if_match_overwrites_only_the_version_it_names()
    {
        string first = await Put(Name("a.json"), "first");
        string second = Assert.IsType<Stored>(await Store.PutIfMatchAsync(Name("a.json"), Utf8("second"), first)).ETag;
        Assert.IsType<PutConflict>(await Store.PutIfMatchAsync(Name("a.json"), Utf8("third"), first));
        Blob blob = (await Store.GetAsync(Name("a.json")))!;
        Assert.Equal(("second", second), (Encoding.UTF8.GetString(blob.Content.Span), blob.ETag));
    }

    [Fact]
    public async Task put_if_match_conflicts_when_the_blob_is_gone()
    {
        string etag = await Put(Name("a.json"), "first");
        Assert.True(await Store.DeleteAsync(Name("a.json")));
        Assert.IsType<PutConflict>(await Store.PutIfMatchAsync(Name("a.json"), Utf8("second"), etag));
        Assert.Null(await Store.GetAsync(Name("a.json")));
    }

    [Fact]
    public async Task every_write_has_an_etag_of_its_own_even_of_the_same_bytes()
    {
        var etags = new List<string> { await Put(Name("a.json"), "same") };
        for (int i = 0; i < 5; i++)
            etags.Add(Assert.IsType<Stored>(await Store.PutIfMatchAsync(Name("a.json"), Utf8("same"), etags[^1])).ETag);
        Assert.True(await Store.DeleteAsync(Name("a.json"), etags[^1]));
        etags.Add(await Put(Name("a.json"), "same"));
        Assert.Equal(etags.Count, etags.Distinct().Count());
    }

    [Fact]
    public async Task a_buffer_may_be_used_again_once_it_is_written()
    {
        byte[] buffer = "before"u8.ToArray();
        await Store.PutIfAbsentAsync(Name("a.json"), buffer);
        buffer.AsSpan().Fill((byte)'x');
        Assert.Equal("before", await Text(Name("a.json")));
    }

    [Fact]
    public async Task an_empty_blob_is_a_blob()
    {
        await Put(Name("empty"), "");
        Assert.Equal(0, (await Store.GetAsync(Name("empty")))!.Content.Length);
        await using Stream opened = (await Store.OpenAsync(Name("empty")))!;
        Assert.Equal(-1, opened.ReadByte());
        Assert.Equal(0, (await Store.ListAsync(Name("")).SingleAsync()).Size);
    }

    [Fact]
    public async Task ten_megabytes_read_back_whole()
    {
        byte[] content = new byte[10 * 1024 * 1024];
        new Random(7).NextBytes(content);
        await Store.PutIfAbsentAsync(Name("large.bin"), content);
        Assert.True((await Store.GetAsync(Name("large.bin")))!.Content.Span.SequenceEqual(content));
        var copy = new MemoryStream();
        await using Stream opened = (await Store.OpenAsync(Name("large.bin")))!;
        await opened.CopyToAsync(copy);
        Assert.True(copy.ToArray().AsSpan().SequenceEqual(content));
        Assert.Equal(content.Length, (await Store.ListAsync(Name("large")).SingleAsync()).Size);
    }

    [Fact]
    public async Task deleting_heeds_the_etag()
    {
        string first = await Put(Name("a.json"), "first");
        string second = Assert.IsType<Stored>(await Store.PutIfMatchAsync(Name("a.json"), Utf8("second"), first)).ETag;
        Assert.False(await Store.DeleteAsync(Name("a.json"), first));
        Assert.True(await Store.DeleteAsync(Name("a.json"), second));
        Assert.False(await Store.DeleteAsync(Name("a.json")));
        Assert.Empty(await List(Name("")));
    }

    [Fact]
    public async Task a_listing_is_in_ordinal_order_whatever_the_names()
    {
        string[] paths =
        [
            "a", "a-b", "a.b", "a/b", "a/b/c", "a/b.c", "a/b-c", "a=1", "A", "A/b", "a_b", "a~2f", "ab", "b", "B.json", "con", "nul.json", "Aux/x",
            "com1/lpt9", "v1.0/x", "v1.0", "v1/0", "x..y", "0", "date=2026-01-01/part.jsonl.gz", new string('n', 100), new string('n', 99) + "/x",
            new string('n', 100) + "/x", new string('n', 100) + "-", new string('n', 101), new string('n', 200) + ".json", new string('N', 250) + "/" + new string('m', 250),
        ];
        foreach (string path in paths)
            await Put(Name(path), path);
        Assert.Equal(paths.Select(Name).Order(StringComparer.Ordinal), await List(Name("")));
        foreach (string path in paths)
            Assert.Equal(path, await Text(Name(path)));
    }

    [Theory]
    [InlineData("a", 5)]
    [InlineData("a/", 2)]
    [InlineData("a/b", 2)]
    [InlineData("a.", 1)]
    [InlineData("a-b/c=", 1)]
    [InlineData("nothing", 0)]
    [InlineData("a/b/c/d/e", 0)]
    public async Task a_prefix_needs_no_end_of_a_segment(string prefix, int count)
    {
        foreach (string path in (string[])["a", "a/b", "a/bb", "a.b", "a-b/c=d", "b", "A"])
            await Put(Name(path), "x");
        List<string> listed = await List(Name(prefix));
        Assert.Equal(count, listed.Count);
        Assert.All(listed, name => Assert.StartsWith(Name(prefix), name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_listing_tells_size_version_and_age()
    {
        string etag = await Put(Name("a.json"), "12345");
        BlobEntry entry = await Store.ListAsync(Name("")).SingleAsync();
        Assert.Equal((Name("a.json"), 5, etag), (entry.Name, entry.Size, entry.ETag));
        Assert.InRange(entry.LastModified, Now.AddMinutes(-5), Now.AddMinutes(5));
    }

    [Fact]
    public async Task a_listing_may_be_changed_while_it_is_read()
    {
        for (int i = 0; i < 20; i++)
            await Put(Name($"{i:D2}.json"), "x");
        await foreach (BlobEntry entry in Store.ListAsync(Name("")))
            Assert.True(await Store.DeleteAsync(entry.Name));
        Assert.Empty(await List(Name("")));
    }

    [Fact]
    public async Task the_areas_are_apart()
    {
        string id = new CryptoIdSource().Next();
        foreach (string area in BlobAreas.All)
            await Put($"{area}/{id}.json", area);
        foreach (string area in BlobAreas.All)
        {
            Assert.Equal([$"{area}/{id}.json"], await List($"{area}/{id}"));
            Assert.Equal(area, await Text($"{area}/{id}.json"));
        }
    }

    [Fact]
    public async Task a_name_of_900_characters_fits()
    {
        string name = Name("");
        name += string.Join('/', Enumerable.Repeat(new string('~', 240), 4))[..(900 - name.Length)];
        await Put(name, "x");
        Assert.Equal([name], await List(name[..880]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("state")]
    [InlineData("state/")]
    [InlineData("elsewhere/a")]
    [InlineData("/state/a")]
    [InlineData("state//a")]
    [InlineData("state/a/")]
    [InlineData("state/../raw/a")]
    [InlineData("state/./a")]
    [InlineData("state/.hidden")]
    [InlineData("state/a b")]
    [InlineData("state/a\\b")]
    [InlineData("state/ä")]
    [InlineData("state/a?b#c%2f")]
    public async Task a_wrong_name_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.GetAsync(name));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.OpenAsync(name));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.PutIfAbsentAsync(name, default));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.PutIfMatchAsync(name, default, "x"));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.DeleteAsync(name));
    }

    [Fact]
    public async Task of_many_that_put_if_absent_exactly_one_wins()
    {
        for (int round = 0; round < 5; round++)
        {
            string name = Name($"{round}/race.json");
            PutOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () => await Store.PutIfAbsentAsync(name, Utf8($"{i}")))));
            int winner = Array.FindIndex(outcomes, outcome => outcome is Stored);
            Assert.Single(outcomes.OfType<Stored>());
            Assert.Equal($"{winner}", await Text(name));
        }
    }

    [Fact]
    public async Task of_many_that_put_if_match_none_is_lost()
    {
        const int Workers = 6, Times = 10;
        string name = Name("counter.json");
        await Put(name, "0");
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            for (int done = 0; done < Times;)
            {
                Blob blob = (await Store.GetAsync(name))!;
                string next = $"{int.Parse(Encoding.UTF8.GetString(blob.Content.Span)) + 1}";
                done += await Store.PutIfMatchAsync(name, Utf8(next), blob.ETag) is Stored ? 1 : 0;
            }
        })));
        Assert.Equal($"{Workers * Times}", await Text(name));
    }

    [Fact]
    public async Task a_reader_never_sees_half_a_write()
    {
        string name = Name("torn.bin");
        string etag = Assert.IsType<Stored>(await Store.PutIfAbsentAsync(name, Uniform(0))).ETag;
        using var done = new CancellationTokenSource();
        Task reading = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                Blob blob = (await Store.GetAsync(name))!;
                Assert.Equal(Uniform(blob.Content.Span[0]), blob.Content.ToArray());
            }
        });
        for (byte i = 1; i <= 30; i++)
            etag = Assert.IsType<Stored>(await Store.PutIfMatchAsync(name, Uniform(i), etag)).ETag;
        await done.CancelAsync();
        await reading;

        static byte[] Uniform(byte value) => Enumerable.Repeat(value, 20_000 + (value * 100)).ToArray();
    }

    /// <summary>The time by the store's clock.</summary>
    protected abstract DateTimeOffset Now { get; }
}

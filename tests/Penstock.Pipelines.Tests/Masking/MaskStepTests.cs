using System.IO.Compression;
using System.Text;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Masking;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Transforming;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Masking;

public class MaskStepTests
{
    private const string Secret = "a key that nobody can guess";
    private readonly PenstockWorld _world = new();

    public MaskStepTests() => _world.Stores.Secrets.Set("mask-key", Secret);

    [Fact]
    public async Task nothing_unmasked_is_curated_and_keys_are_masked_too()
    {
        Use(Orders(("id", new HashValue()), ("name", new RedactValue())));
        await ReceiveAsync("""{"id":"ada@example.com","updated":1,"name":"Ada"}""", """{"id":"ada@example.com","updated":2,"name":"Ada L."}""");
        await _world.WorkAsync();
        string curated = await _world.CuratedAsync("orders");
        Assert.Matches("""^\{"id":"h1\.[A-Za-z0-9_-]{43}","updated":2,"name":"\*\*\*"\}$""", curated);
    }

    [Fact]
    public async Task what_goes_to_quarantine_is_masked_as_well_and_what_can_not_be_masked_is_withheld()
    {
        Use(Orders(("email", new HashValue())) with { Contract = new Contract("orders", "1.0.0", [new ContractProperty { Name = "n", Type = LogicalType.Integer }]) });
        string blob = await ReceiveAsync(
            """{"id":1,"updated":1,"email":"ada@example.com","n":"x"}""", """{"updated":1,"email":"bob@example.com"}""", """{"id":3,"email":"eve@example.com",""", """["joe@example.com"]""");
        await _world.WorkAsync();
        string lines = await QuarantineAsync(blob);
        Assert.DoesNotContain("@example.com", lines);
        Assert.Equal(4, lines.Split('\n').Length);
        Assert.Equal(2, lines.Split('\n').Count(line => line.Contains("\"email\":\"h1.")));
        Assert.Equal(2, lines.Split('\n').Count(line => line.Contains("\"withheld\":true")));
    }

    [Fact]
    public async Task without_the_key_records_wait_and_nothing_is_written_unmasked()
    {
        _world.Stores.Secrets.Set("mask-key", null);
        Use(Orders(("email", new HashValue())));
        string blob = await ReceiveAsync("""{"id":1,"updated":1,"email":"ada@example.com"}""");
        var deferred = Assert.IsType<TransformDeferred>(await _world.Get<TransformStage>().RunAsync(new TransformMessage("sample", "orders", blob)));
        Assert.StartsWith("There is no secret 'mask-key', the masking key.", deferred.Reason);
        await _world.WorkAsync();
        Assert.Equal("", await _world.CuratedAsync("orders"));
        _world.Stores.Secrets.Set("mask-key", Secret);
        _world.Time.Advance(TimeSpan.FromMinutes(6));
        await _world.WorkAsync();
        Assert.Contains("\"email\":\"h1.", await _world.CuratedAsync("orders"));
    }

    [Fact]
    public async Task a_key_that_can_be_guessed_is_as_good_as_none()
    {
        _world.Stores.Secrets.Set("mask-key", "short");
        Use(Orders(("email", new HashValue())));
        string blob = await ReceiveAsync("""{"id":1,"updated":1,"email":"ada@example.com"}""");
        var deferred = Assert.IsType<TransformDeferred>(await _world.Get<TransformStage>().RunAsync(new TransformMessage("sample", "orders", blob)));
        Assert.Contains("fewer than 16 characters", deferred.Reason);
    }

    [Fact]
    public async Task what_was_taken_after_a_rotation_has_the_new_version_and_a_replay_of_the_old_has_the_old_one()
    {
        _world.Stores.Secrets.Set("mask-key-2", "another key that nobody can guess");
        var keys = new MaskKeyVersions([new(1, "mask-key", DateTimeOffset.MinValue), new(2, "mask-key-2", new DateTimeOffset(2026, 1, 1, 0, 0, 1, TimeSpan.Zero))]);
        Use(Orders(("email", new HashValue())) with { Mask = new StreamMask([new PathMask("email", new HashValue())], keys) });
        string first = await ReceiveAsync("""{"id":1,"updated":1,"email":"ada@example.com"}""");
        await ReceiveAsync(1, """{"id":2,"updated":1,"email":"ada@example.com"}""");
        await _world.WorkAsync();
        string before = await _world.CuratedAsync("orders");
        Assert.Contains("\"id\":1,\"updated\":1,\"email\":\"h1.", before);
        Assert.Contains("\"id\":2,\"updated\":1,\"email\":\"h2.", before);
        await _world.Get<WorkSender>().SendAsync(new TransformMessage("sample", "orders", first, "again"));
        await _world.WorkAsync();
        Assert.Equal(before, await _world.CuratedAsync("orders"));
    }

    [Fact]
    public async Task records_without_a_key_stay_apart_though_they_are_alike_once_masked()
    {
        PipelineStream stream = Orders(("name", new RedactValue())) with { Key = [], Version = null };
        Use(stream);
        string blob = await ReceiveAsync("""{"name":"Ada"}""", """{"name":"Bob"}""", """{"name":"Ada"}""");
        await _world.WorkAsync();
        Assert.Equal("""{"name":"***"}""" + "\n" + """{"name":"***"}""", await _world.CuratedAsync("orders"));
        TransformEntry entry = Assert.IsType<BlobCurated>(await _world.Get<TransformStage>().RunAsync(new TransformMessage("sample", "orders", blob))).Entry;
        Assert.True(entry.Balances);
    }

    private static PipelineStream Orders(params (string Path, MaskRule Rule)[] rules) => new()
    {
        Name = "orders",
        Key = ["id"],
        Version = "updated",
        Reception = new Reception("orders", null),
        Mask = new StreamMask([.. rules.Select(rule => new PathMask(rule.Path, rule.Rule))], MaskKeyVersions.Default),
    };

    private void Use(PipelineStream stream) => _world.Pipelines.Pipeline = _world.Pipelines.Pipeline with { Streams = [stream] };

    private Task<string> ReceiveAsync(params string[] records) => ReceiveAsync(0, records);

    private async Task<string> ReceiveAsync(int second, params string[] records)
    {
        var batch = new ReceivedBatch(
            "sample", "orders", "webhook", new DateTimeOffset(2026, 1, 1, 0, 0, second, TimeSpan.Zero),
            [.. records.Select(record => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(record))]);
        return Assert.IsType<BatchLanded>(await _world.Get<ReceiveStage>().RunAsync(batch)).Blob!;
    }

    private async Task<string> QuarantineAsync(string blob)
    {
        await using Stream stream = (await _world.Stores.Blobs.OpenAsync(QuarantineWriter.NameFor(blob)))!;
        using var reader = new StreamReader(new GZipStream(stream, CompressionMode.Decompress));
        return (await reader.ReadToEndAsync()).TrimEnd();
    }
}

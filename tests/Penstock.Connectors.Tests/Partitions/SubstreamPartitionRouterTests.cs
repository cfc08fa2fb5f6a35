using System.Text;
using Penstock.Connectors.Partitions;
using Penstock.Connectors.Records;
using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Tests.Partitions;

public class SubstreamPartitionRouterTests
{
    [Fact]
    public async Task each_record_of_the_parent_is_a_partition_with_its_extra_fields()
    {
        var parent = new PagedParent([["""{"id":1,"a":{"b":"x"}}""", """{"id":2}"""]]);
        var router = new SubstreamPartitionRouter([Parent(parent, extra: ["a", "b"])]);
        var slices = (await PlanAllAsync(router)).SelectMany(step => step.Slices).ToList();
        Assert.Equal(["""{"item":1,"parent_slice":{}}""", """{"item":2,"parent_slice":{}}"""], slices.Select(slice => slice.Partition));
        Assert.Equal("""{"a.b":"x"}""", slices[0].ExtraFields);
        Assert.Equal("""{"a.b":null}""", slices[1].ExtraFields);
    }

    [Fact]
    public async Task a_record_without_the_key_is_passed_over()
    {
        var router = new SubstreamPartitionRouter([Parent(new PagedParent([["""{"id":1}""", """{"name":2}"""]]))]);
        Assert.Single((await PlanAllAsync(router)).SelectMany(step => step.Slices));
    }

    [Fact]
    public async Task planning_goes_on_after_any_page_of_any_parent_in_another_process()
    {
        List<ParentStream> Parents() =>
        [
            Parent(new PagedParent([["""{"id":1}"""], ["""{"id":2}"""]], [["""{"id":3}"""]])),
            Parent(new PagedParent([["""{"id":4}"""], ["""{"id":5}"""]])),
        ];
        var whole = (await PlanAllAsync(new SubstreamPartitionRouter(Parents()))).SelectMany(step => step.Slices).Select(slice => slice.Partition).ToList();
        var resumed = new List<string>();
        string? position = null;
        do
        {
            var step = await FirstAsync(new SubstreamPartitionRouter(Parents()), position);
            resumed.AddRange(step.Slices.Select(slice => slice.Partition));
            position = step.NextPosition;
        }
        while (position is not null);
        Assert.Equal(5, whole.Count);
        Assert.Equal(whole, resumed);
    }

    [Fact]
    public async Task only_one_page_of_the_parent_is_read_for_one_batch()
    {
        var parent = new PagedParent([["""{"id":1}"""], ["""{"id":2}"""], ["""{"id":3}"""]]);
        await FirstAsync(new SubstreamPartitionRouter([Parent(parent)]), null);
        Assert.Equal(1, parent.PagesRead);
    }

    [Fact]
    public async Task a_parent_that_fails_or_must_wait_ends_the_plan_with_that()
    {
        var router = new SubstreamPartitionRouter([Parent(new PagedParent([["""{"id":1}"""]]) { Last = new ReadWaits(DateTimeOffset.UnixEpoch, "quota") })]);
        var steps = await StepsAsync(router);
        Assert.Equal("quota", Assert.IsType<PlanWaits>(steps[^1]).Reason);

        router = new SubstreamPartitionRouter([Parent(new PagedParent([["""{"id":1}"""]]) { Last = new ReadFailed(new SourceError(SourceErrorKind.Config, "no", 403)) })]);
        var failed = Assert.IsType<PlanFailed>((await StepsAsync(router))[^1]);
        Assert.Contains("parents", failed.Error.Message);
        Assert.Equal(403, failed.Error.Status);
    }

    [Fact]
    public async Task several_routers_give_every_combination_with_the_parents_page_by_page()
    {
        var parent = new PagedParent([["""{"id":1}"""], ["""{"id":2}"""]]);
        var product = new CartesianProduct([new ListPartitionRouter("region", ["eu", "us"], null), new SubstreamPartitionRouter([Parent(parent)])]);
        var batches = await PlanAllAsync(product);
        Assert.Equal(2, batches.Count);
        Assert.Equal(["""{"item":1,"parent_slice":{},"region":"eu"}""", """{"item":1,"parent_slice":{},"region":"us"}"""], batches[0].Slices.Select(slice => slice.Partition));
        var rest = await FirstAsync(product, batches[0].NextPosition);
        Assert.Equal(batches[1].Slices, rest.Slices);
    }

    [Fact]
    public async Task groups_fill_across_pages_and_the_rest_is_a_group_of_its_own()
    {
        var parent = new PagedParent([["""{"id":1}""", """{"id":2}""", """{"id":1}"""], ["""{"id":3}"""], ["""{"id":4}""", """{"id":5}"""]]);
        var router = new GroupingPartitionRouter(new SubstreamPartitionRouter([Parent(parent)]), 2, deduplicates: true);
        var slices = (await PlanAllAsync(router)).SelectMany(step => step.Slices).Select(slice => PartitionJson.Write(PartitionJson.Read(slice.Partition).Find("item")));
        Assert.Equal(["[1,2]", "[3,4]", "[5]"], slices);
    }

    [Fact]
    public async Task a_group_that_isnt_full_is_carried_in_the_position()
    {
        GroupingPartitionRouter Router() => new(new SubstreamPartitionRouter([Parent(new PagedParent([["""{"id":1}"""], ["""{"id":2}"""]]))]), 2, deduplicates: true);
        var first = await FirstAsync(Router(), null);
        Assert.Empty(first.Slices);
        var second = await FirstAsync(Router(), first.NextPosition);
        Assert.Equal("[1,2]", PartitionJson.Write(PartitionJson.Read(Assert.Single(second.Slices).Partition).Find("item")));
    }

    [Fact]
    public async Task a_union_gives_each_value_once()
    {
        var union = new UnionPartitionRouter(
            [new ListPartitionRouter("item", [1L, 2L], null), new SubstreamPartitionRouter([Parent(new PagedParent([["""{"id":2}""", """{"id":3}"""]]))])], "item");
        var slices = (await PlanAllAsync(union)).SelectMany(step => step.Slices).ToList();
        Assert.Equal(["""{"item":1}""", """{"item":2}""", """{"item":3}"""], slices.Select(slice => slice.Partition));
        Assert.Equal("""{"parent_slice":{}}""", slices[2].ExtraFields);
    }

    private static ParentStream Parent(IStream stream, string[]? extra = null) =>
        new(stream, ["id"], "item", extra is null ? [] : [extra], IsIncremental: false, Option: null);

    private static async Task<List<PlanStep>> StepsAsync(IPartitionRouter router, string? position = null)
    {
        var steps = new List<PlanStep>();
        await foreach (var step in router.PlanAsync(new PlanRequest(NoCursors.Instance, Position: position))) steps.Add(step);
        return steps;
    }

    private static async Task<List<SlicesPlanned>> PlanAllAsync(IPartitionRouter router) => [.. (await StepsAsync(router)).Cast<SlicesPlanned>()];

    private static async Task<SlicesPlanned> FirstAsync(IPartitionRouter router, string? position)
    {
        await foreach (var step in router.PlanAsync(new PlanRequest(NoCursors.Instance, Position: position))) return (SlicesPlanned)step;
        throw new InvalidOperationException("The plan is empty.");
    }

    /// <summary>A parent whose slices have the given pages.</summary>
    private sealed class PagedParent(params string[][][] slices) : IStream
    {
        public int PagesRead { get; private set; }

        public ReadStep? Last { get; init; }

        public string Name => "parents";

        public IReadOnlyList<IReadOnlyList<string>> PrimaryKey => [];

        public string? CursorField => null;

        public ReadOnlyMemory<byte> JsonSchema => "{}"u8.ToArray();

        public async IAsyncEnumerable<PlanStep> PlanAsync(PlanRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            for (var i = int.Parse(request.Position ?? "0"); i < slices.Length; i++)
                yield return new SlicesPlanned([new StreamSlice("{}", new SliceWindow($"{i}", ""))], i + 1 < slices.Length ? $"{i + 1}" : null);
        }

        public async IAsyncEnumerable<ReadStep> ReadAsync(StreamSlice slice, string? position, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            var pages = slices[int.Parse(slice.Window!.Start)];
            for (var i = int.Parse(position ?? "0"); i < pages.Length; i++)
            {
                PagesRead++;
                var next = i + 1 < pages.Length || Last is not null ? $"{i + 1}" : null;
                yield return new PageRead([.. pages[i].Select(record => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(record))], next, null, 0);
            }

            if (Last is not null) yield return Last;
        }

        public string? Greatest(string? one, string? other) => one ?? other;

        public string? Advance(string? cursorState, IReadOnlyList<CompleteSlice> complete) => null;
    }
}

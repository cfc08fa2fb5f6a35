using System.Buffers;
using System.Text;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Transforming;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Tests.Transforming;

public class RecordFlowTests
{
    [Fact]
    public void a_record_that_no_step_rewrites_is_the_line_itself()
    {
        byte[] line = Encoding.UTF8.GetBytes("""{"id":1}""");
        var flow = new RecordFlow([(StepPlace.Shape, new Step((_, _, _) => StepResult.Passed))]);
        Assert.Equal(StepVerdict.Passed, flow.Run(1, line, out ReadOnlySpan<byte> record));
        Assert.True(record == line);
    }

    [Fact]
    public void each_step_gets_what_the_one_before_it_wrote()
    {
        var flow = new RecordFlow([.. "abc".Select(letter => (StepPlace.Shape, (IRecordStep)new Step((_, record, to) => Append(record, letter, to))))]);
        flow.Run(1, "-"u8, out ReadOnlySpan<byte> record);
        Assert.Equal("-abc", Encoding.UTF8.GetString(record));
        flow.Run(2, "+"u8, out record);
        Assert.Equal("+abc", Encoding.UTF8.GetString(record));
    }

    [Fact]
    public void a_record_ends_where_a_step_sets_it_aside_as_it_was_there()
    {
        var flow = new RecordFlow(
        [
            (StepPlace.Shape, new Step((_, record, to) => Append(record, 's', to))),
            (StepPlace.Contract, new Step((_, _, _) => StepResult.SetAside(new Violation("required", "id", "It is missing.")))),
            (StepPlace.Mask, new Step((_, _, _) => throw new InvalidOperationException("No step comes after the end."))),
        ]);
        Assert.Equal(StepVerdict.SetAside, flow.Run(1, "-"u8, out ReadOnlySpan<byte> record));
        Assert.Equal(("-s", StepPlace.Contract, "required"), (Encoding.UTF8.GetString(record), flow.Reached, flow.Violation!.Rule));
    }

    [Fact]
    public void a_deletion_needs_no_more_than_its_key_and_passes_by_the_contract()
    {
        var flow = new RecordFlow(
        [
            (StepPlace.Envelope, new Step((context, _, _) => Deletes(context))),
            (StepPlace.Contract, new Step((_, _, _) => StepResult.SetAside(new Violation("required", "name", "It is missing.")))),
        ]);
        Assert.Equal(StepVerdict.Passed, flow.Run(1, """{"id":1}"""u8, out _));
        Assert.True(flow.Context.IsDeletion);
    }

    private static StepResult Append(ReadOnlySpan<byte> record, char letter, IBufferWriter<byte> to)
    {
        to.Write(record);
        to.Write([(byte)letter]);
        return StepResult.Rewritten;
    }

    private static StepResult Deletes(RecordContext context)
    {
        context.IsDeletion = true;
        return StepResult.Passed;
    }

    private delegate StepResult Apply(RecordContext context, ReadOnlySpan<byte> record, IBufferWriter<byte> rewritten);

    private sealed class Step(Apply apply) : IRecordStep
    {
        StepResult IRecordStep.Apply(RecordContext context, ReadOnlySpan<byte> record, IBufferWriter<byte> rewritten) => apply(context, record, rewritten);
    }
}

using Microsoft.Azure.Functions.Worker;

namespace Penstock.Functions.Tests;

/// <summary>An invocation of which only the trigger's data is known.</summary>
/// <param name="partitionContext">What the host says of the partition; null if nothing.</param>
internal sealed class InvocationOf(string? partitionContext) : FunctionContext
{
    public override string InvocationId => "invocation";

    public override string FunctionId => "function";

    public override TraceContext TraceContext => throw new NotSupportedException();

    public override BindingContext BindingContext { get; } = new Binding(partitionContext);

    public override RetryContext RetryContext => throw new NotSupportedException();

    public override IServiceProvider InstanceServices { get; set; } = null!;

    public override FunctionDefinition FunctionDefinition => throw new NotSupportedException();

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features => throw new NotSupportedException();

    private sealed class Binding(string? partitionContext) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData { get; } =
            partitionContext is null ? new Dictionary<string, object?>() : new Dictionary<string, object?> { ["PartitionContext"] = partitionContext };
    }
}

using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Watching.Notices;

namespace Penstock.Pipelines.Watching;

/// <summary>Raises and resolves alerts about streams, with owner and receiver from contract and pipeline.</summary>
/// <param name="book">Where alerts go.</param>
public sealed class Alerting(AlertBook book)
{
    /// <summary>Raises an alert about a stream, or resolves it; gives a line if that is news, else null.</summary>
    /// <param name="kind">The monitor's kind.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="problem">What is wrong; null if nothing is any more.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public ValueTask<string?> SetAsync(string kind, Pipeline pipeline, PipelineStream stream, Problem? problem, CancellationToken cancellationToken = default)
    {
        string subject = $"{pipeline.Name}/{stream.Name}";
        AlertTarget target = pipeline.Monitors.Target ?? AlertTarget.None;
        return problem is null
            ? book.ResolveAsync(kind, subject, target, cancellationToken)
            : book.RaiseAsync(
                kind, subject, problem.Message, problem.Severity, stream.Contract?.Owner is { Length: > 0 } owner ? owner : pipeline.Owner, target, cancellationToken);
    }
}

/// <summary>What a monitor found.</summary>
/// <param name="Severity"><c>info</c>, <c>warning</c> or <c>error</c>.</param>
/// <param name="Message">What is wrong, and what to do; never a record's content.</param>
public sealed record Problem(string Severity, string Message);

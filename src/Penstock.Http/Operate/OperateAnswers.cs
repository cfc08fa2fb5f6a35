using Microsoft.AspNetCore.Http;
using Penstock.Http.Problems;
using Penstock.Pipelines.Stages;

namespace Penstock.Http.Operate;

/// <summary>Answers with what became of a command.</summary>
internal static class OperateAnswers
{
    /// <summary>The answer; backfills have one of their own.</summary>
    public static IResult Of(OperateOutcome outcome, ProblemType unknown) => outcome switch
    {
        RunsBegun begun => ApiJson.Answer(new RunsStarted([.. begun.Runs.Select(RunViews.Of)]), ApiJson.Default.RunsStarted, StatusCodes.Status202Accepted),
        CommandNotFound { Reason: var reason } => new ProblemResult(unknown.With(reason)),
        CommandConflict { IsStale: true, Reason: var reason } => new ProblemResult(ProblemTypes.Conflict.With(reason)),
        CommandRefused refused => new ProblemResult(ProblemTypes.TooMany.With(refused.Reason).RetryAfter(refused.RetryAfter)),
        CommandConflict { Reason: var reason } => new ProblemResult(ProblemTypes.KeyReused.With(reason)),
        CommandInvalid invalid => new ProblemResult(
            ProblemTypes.Invalid.With(invalid.Reason) with { Errors = [new ProblemError(invalid.Reason) { Pointer = $"#/{invalid.Field}" }] }),
        _ => throw new InvalidOperationException($"No answer is known for {outcome.GetType().Name}."),
    };
}

using Penstock.Http.Problems;

namespace Penstock.Http.Paging;

/// <summary>Refuses a question whose parameters make no sense.</summary>
internal static class QueryErrors
{
    /// <summary>Everything that is wrong as a problem; null if nothing is.</summary>
    public static ProblemResult? Refusal(IReadOnlyList<ProblemError> errors) => errors.Count == 0
        ? null
        : new ProblemResult(ProblemTypes.BadRequest.With("Mend the parameters that 'errors' names.") with { Errors = errors });
}

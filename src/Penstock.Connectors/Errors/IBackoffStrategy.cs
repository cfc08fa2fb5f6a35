using Penstock.Connectors.Http;

namespace Penstock.Connectors.Errors;

/// <summary>Says how long to wait before the next try.</summary>
public interface IBackoffStrategy
{
    /// <summary>The wait in seconds; null or 0 if it has nothing to say.</summary>
    /// <param name="headers">The headers of the answer; null if there was none.</param>
    /// <param name="attempts">How many tries there were, from 1.</param>
    /// <exception cref="SourceFaultException">The wait is longer than the connector allows.</exception>
    double? SecondsToWait(AnswerHeaders? headers, int attempts);
}

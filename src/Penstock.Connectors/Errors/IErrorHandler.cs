namespace Penstock.Connectors.Errors;

/// <summary>Decides what an answer means.</summary>
internal interface IErrorHandler
{
    /// <summary>How often to try again before giving up.</summary>
    int MaxRetries { get; }

    /// <summary>How long to try again before giving up.</summary>
    TimeSpan MaxTime { get; }

    /// <summary>Whether it looks at the body of answers whose status is fine; otherwise they may be decoded as they arrive.</summary>
    bool ReadsBody { get; }

    /// <summary>How long to wait between tries: the first strategy that says something counts.</summary>
    IReadOnlyList<IBackoffStrategy> Backoff { get; }

    /// <summary>Decides.</summary>
    /// <param name="answer">The answer.</param>
    Resolution Interpret(AnswerView answer);
}

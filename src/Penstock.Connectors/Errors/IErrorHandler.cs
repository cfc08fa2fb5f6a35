namespace Penstock.Connectors.Errors;

/// <summary>Decides what an answer means.</summary>
public interface IErrorHandler
{
    /// <summary>How often to try again before giving up. Five times by default.</summary>
    int MaxRetries => 5;

    /// <summary>How long to try again before giving up. Ten minutes by default.</summary>
    TimeSpan MaxTime => TimeSpan.FromMinutes(10);

    /// <summary>Whether it looks at the body of answers whose status is fine; otherwise they may be decoded as they arrive.</summary>
    bool ReadsBody => true;

    /// <summary>How long to wait between tries: the first strategy that says something counts.</summary>
    IReadOnlyList<IBackoffStrategy> Backoff => [];

    /// <summary>Decides.</summary>
    /// <param name="answer">The answer.</param>
    Resolution Interpret(AnswerView answer);
}

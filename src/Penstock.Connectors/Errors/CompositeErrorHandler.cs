namespace Penstock.Connectors.Errors;

/// <summary><c>CompositeErrorHandler</c>: the first handler that doesn't see a failure decides; otherwise the last one does.</summary>
internal sealed class CompositeErrorHandler(IReadOnlyList<IErrorHandler> handlers) : IErrorHandler
{
    public int MaxRetries => handlers[0].MaxRetries;

    public TimeSpan MaxTime => handlers.Max(handler => handler.MaxTime);

    public bool ReadsBody => handlers.Any(handler => handler.ReadsBody);

    public IReadOnlyList<IBackoffStrategy> Backoff { get; } = [.. handlers.SelectMany(handler => handler.Backoff)];

    public Resolution Interpret(AnswerView answer)
    {
        var last = Resolution.Success;
        foreach (var handler in handlers)
        {
            last = handler.Interpret(answer);
            if (last.Action is ResponseAction.Success or ResponseAction.Retry or ResponseAction.Ignore or ResponseAction.ResetPagination)
            {
                break;
            }
        }

        return last;
    }
}

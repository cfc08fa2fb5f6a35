namespace Penstock.Connectors.Authentication;

/// <summary>Lets one caller after the other get a token, so that a renewal isn't made twice.</summary>
internal sealed class OneAtATime
{
    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Runs an action when those before it have ended.</summary>
    public async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> action)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_lock)
        {
            (before, _last) = (_last, mine.Task);
        }

        await before;
        try
        {
            return await action();
        }
        finally
        {
            mine.SetResult();
        }
    }
}

namespace Penstock.Cli.Tests.LocalHost;

/// <summary>Wakes who waits for something to become so, each time that something happens.</summary>
internal sealed class Bell
{
    private TaskCompletionSource _ring = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Ring() => Interlocked.Exchange(ref _ring, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Waits until it is so; gives up after two minutes of real time.</summary>
    public async Task UntilAsync(Func<bool> isSo)
    {
        while (true)
        {
            Task ring = Volatile.Read(ref _ring).Task;
            if (isSo())
                return;
            await ring.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        }
    }
}

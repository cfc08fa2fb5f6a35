namespace Penstock.Pipelines.Watching;

/// <summary>Looks at one kind of thing that should have happened.</summary>
public interface IMonitor
{
    /// <summary>Looks once; gives what was found or mended, a line each.</summary>
    IAsyncEnumerable<string> LookAsync(CancellationToken cancellationToken = default);
}

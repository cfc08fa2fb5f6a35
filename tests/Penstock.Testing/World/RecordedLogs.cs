using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Penstock.Testing.World;

/// <summary>Keeps every line that is logged, at whatever level, with its exception.</summary>
public sealed class RecordedLogs
{
    private readonly ConcurrentQueue<string> _lines = [];

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Has all that a world logs kept here.</summary>
    public void AddTo(IServiceCollection services) =>
        services.AddSingleton(this).AddSingleton(typeof(ILogger<>), typeof(Recorder<>));

    /// <summary>The lines with a text; upper and lower case are the same.</summary>
    public IEnumerable<string> With(string text) => _lines.Where(line => line.Contains(text, StringComparison.OrdinalIgnoreCase));

    private sealed class Recorder<T>(RecordedLogs logs) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            logs._lines.Enqueue($"{typeof(T).Name} {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logs._lines.Enqueue($"{typeof(T).Name} {formatter(state, exception)} {exception}");
    }
}

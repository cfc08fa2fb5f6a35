using System.Globalization;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;

namespace Penstock.Connectors.Errors;

/// <summary><c>DefaultErrorHandler</c>: filters in order, then the status's usual meaning.</summary>
internal sealed class DefaultErrorHandler : IErrorHandler
{
    private const int DefaultMaxRetries = 5;
    private readonly IReadOnlyList<HttpResponseFilter> _filters;

    private DefaultErrorHandler(IReadOnlyList<HttpResponseFilter> filters, IReadOnlyList<IBackoffStrategy> backoff, int maxRetries)
    {
        _filters = filters;
        Backoff = backoff;
        MaxRetries = maxRetries;
    }

    /// <summary>The handler of a requester that declares none.</summary>
    public static DefaultErrorHandler Plain { get; } = new([], [], DefaultMaxRetries);

    public int MaxRetries { get; }

    public TimeSpan MaxTime { get; } = TimeSpan.FromMinutes(10);

    public bool ReadsBody => _filters.Any(filter => filter.ReadsBody);

    public IReadOnlyList<IBackoffStrategy> Backoff { get; }

    public static DefaultErrorHandler Read(ManifestNode node, ConnectorScope connector) => new(
        [.. node.List("response_filters").Select(HttpResponseFilter.Read)],
        [.. node.List("backoff_strategies").Select(strategy => BackoffStrategies.Read(strategy, connector)).OfType<IBackoffStrategy>()],
        ReadMaxRetries(node, connector.Context));

    public Resolution Interpret(AnswerView answer)
    {
        foreach (var filter in _filters)
        {
            if (filter.Match(answer) is { } resolution)
            {
                return resolution;
            }
        }

        return answer.IsOk ? Resolution.Success : DefaultMapping.Find(answer.Status) ?? DefaultMapping.Fallback(answer.Status);
    }

    private static int ReadMaxRetries(ManifestNode node, EvaluationContext config)
    {
        if (node.Template("max_retries", DefaultMaxRetries.ToString(CultureInfo.InvariantCulture)) is not { Error: null } template)
        {
            return DefaultMaxRetries;
        }

        if (template.Evaluate(config).TryGetInt64(out var retries))
        {
            return (int)Math.Clamp(retries, 0, 1000);
        }

        node.Error("max_retries is not a whole number.", "Give a number, or a template that gives one.");
        return DefaultMaxRetries;
    }
}

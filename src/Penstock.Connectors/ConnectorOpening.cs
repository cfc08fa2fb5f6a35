using Microsoft.Extensions.Logging;
using Penstock.Connectors.Budgets;
using Penstock.Connectors.DynamicStreams;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;

namespace Penstock.Connectors;

/// <summary>Binds a manifest to a config: evaluates which streams there are, and builds each by itself.</summary>
internal sealed partial class ConnectorOpening(ManifestNode root, DictValue config, ConnectorOptions options)
{
    public async ValueTask<OpenResult> RunAsync(CancellationToken cancellationToken)
    {
        var rules = BudgetRulesReader.Read(root.Child("api_budget"), config, options.Time);
        var budget = options.Budget?.Invoke(rules) ?? new RateBudget(rules, options.Time);
        var transport = options.Transport ?? new HttpTransport(options.Hosts, time: options.Time);
        var connector = new ConnectorScope(config, transport, budget, options.Reading, options.Time, options.Random, options.Tokens);

        var nodes = Declared(connector).ToList();
        foreach (var dynamic in root.OneOrMany("dynamic_streams"))
        {
            switch (await DynamicStreamReader.ReadAsync(dynamic, connector, cancellationToken))
            {
                case StreamsFound found:
                    nodes.AddRange(found.Streams);
                    break;
                case StreamsNotFound failed:
                    return new StreamsUnknown(failed.Error, failed.Until);
            }
        }

        return new ConnectorOpened(Build(nodes, connector));
    }

    private IEnumerable<ManifestNode> Declared(ConnectorScope connector)
    {
        foreach (var node in root.OneOrMany("streams"))
        {
            if (node.Type != "ConditionalStreams") yield return node;
            else if (node.Condition("condition") is { } condition && condition.Evaluate(connector.Context))
                foreach (var stream in node.OneOrMany("streams")) yield return stream;
        }
    }

    private ConnectorSource Build(List<ManifestNode> nodes, ConnectorScope connector)
    {
        var builder = new StreamBuilder(connector, ParentNames.Of(nodes));
        var (streams, blocked) = (new List<IStream>(), new List<BlockedStream>());
        foreach (var node in nodes)
        {
            // Each stream has its own problems, so that a broken one never stops its neighbours.
            var problems = new BuildProblems();
            var own = node.WithProblems(problems);
            ManifestValidator.Check(own);
            var stream = problems.HasErrors ? null : builder.Build(own);
            var isRunning = stream is not null && !problems.HasErrors;
            if (isRunning) streams.Add(stream!);
            else blocked.Add(new BlockedStream(node.Text("name") ?? node.Path, problems.All));
            foreach (var problem in problems.All) Tell(options.Logger, isRunning ? LogLevel.Warning : LogLevel.Error, problem);
        }

        return new ConnectorSource(streams, blocked, StreamChecks.Read(root));
    }

    [LoggerMessage(EventId = 1, Message = "{Problem}")]
    private static partial void Tell(ILogger logger, LogLevel level, BuildProblem problem);
}

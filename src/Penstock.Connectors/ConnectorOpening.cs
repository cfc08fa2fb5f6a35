using Microsoft.Extensions.Logging;
using Penstock.Connectors.Budgets;
using Penstock.Connectors.DynamicStreams;
using Penstock.Connectors.Expressions;
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

        try
        {
            var nodes = Declared(connector).ToList();
            var blocked = new List<BlockedStream>();
            var dynamics = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
            foreach (var dynamic in root.OneOrMany("dynamic_streams"))
            {
                var dynamicName = dynamic.Text("name") ?? $"dynamic_stream_{dynamics.Count}";
                var problems = new BuildProblems();
                switch (await DynamicStreamReader.ReadAsync(dynamic.WithProblems(problems), connector, cancellationToken))
                {
                    case StreamsFound when problems.HasErrors:
                        dynamics[dynamicName] = new HashSet<string>();
                        blocked.Add(new BlockedStream(dynamicName, problems.All));
                        foreach (var problem in problems.All) Tell(options.Logger, LogLevel.Error, problem);
                        break;
                    case StreamsFound found:
                        dynamics[dynamicName] = found.Streams.Select(stream => stream.Text("name") ?? "").ToHashSet(StringComparer.Ordinal);
                        nodes.AddRange(found.Streams);
                        break;
                    case StreamsNotFound failed:
                        return new StreamsUnknown(failed.Error, failed.Until);
                }
            }

            return new ConnectorOpened(BuildAll(nodes, connector, blocked, dynamics));
        }
        catch (Exception fault) when (fault is ExpressionException or ValueException)
        {
            return new StreamsUnknown(new SourceError(SourceErrorKind.Config, $"Which streams there are can't be found out: {fault.Message}"), null);
        }
        finally
        {
            foreach (var problem in root.Problems.All) Tell(options.Logger, LogLevel.Warning, problem);
        }
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

    private ConnectorSource BuildAll(
        List<ManifestNode> nodes, ConnectorScope connector, List<BlockedStream> blocked, IReadOnlyDictionary<string, IReadOnlySet<string>> dynamics)
    {
        var builder = new StreamBuilder(connector, ParentNames.Of(nodes));
        var streams = new List<IStream>();
        foreach (var node in nodes)
        {
            // Each stream has its own problems, so that a broken one never stops its neighbours.
            var problems = new BuildProblems();
            var own = node.WithProblems(problems);
            ManifestValidator.Check(own);
            var stream = problems.HasErrors ? null : Build(builder, own);
            var isRunning = stream is not null && !problems.HasErrors;
            if (isRunning) streams.Add(stream!);
            else blocked.Add(new BlockedStream(node.Text("name") ?? node.Path, problems.All));
            foreach (var problem in problems.All) Tell(options.Logger, isRunning ? LogLevel.Warning : LogLevel.Error, problem);
        }

        return new ConnectorSource(streams, blocked, dynamics, StreamChecks.Read(root, config));
    }

    // Some templates are evaluated while the stream is built, and the config decides whether they can be.
    private static IStream? Build(StreamBuilder builder, ManifestNode node)
    {
        try
        {
            return builder.Build(node);
        }
        catch (Exception fault) when (fault is ExpressionException or SourceFaultException or ValueException)
        {
            node.Error(fault.Message, "Correct the config or the manifest.");
            return null;
        }
    }

    [LoggerMessage(EventId = 1, Message = "{Problem}")]
    private static partial void Tell(ILogger logger, LogLevel level, BuildProblem problem);
}

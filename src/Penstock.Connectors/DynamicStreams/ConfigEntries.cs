using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Records;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.DynamicStreams;

/// <summary>The config's entries that streams are made for: every combination of the entries of each StreamConfig.</summary>
internal static class ConfigEntries
{
    public static IEnumerable<Value> Read(ManifestNode resolver, EvaluationContext context)
    {
        IEnumerable<DictValue> combinations = [new DictValue()];
        var index = 0;
        foreach (var streamConfig in resolver.OneOrMany("stream_config"))
        {
            var entries = Entries(streamConfig, context);
            var name = $"source_config_{index++}";
            combinations = [.. combinations.SelectMany(_ => entries, (before, entry) => With(before, entry, name))];
        }

        return combinations.Select(combination => (Value)combination);
    }

    private static List<Value> Entries(ManifestNode streamConfig, EvaluationContext context)
    {
        context.TryGet(VariableNames.Config, out var config);
        var entries = new List<Value>();
        if (Dpath.TryGet(config, streamConfig.TemplateList("configs_pointer").EvaluateTexts(context), out var found))
            entries.AddRange(found.AsList is { } list ? list.Elements : [found]);
        entries.AddRange(streamConfig.List("default_values").Select(value => value.ToValue()));
        return entries;
    }

    private static DictValue With(DictValue before, Value entry, string name)
    {
        var combined = new DictValue(before.Entries);
        foreach (var (key, value) in entry.AsDict?.Entries ?? []) combined[key] = value;
        if (entry.AsDict is null && !combined.TryGet(name, out _)) combined[name] = new TupleValue([0L, entry]);
        return combined;
    }
}

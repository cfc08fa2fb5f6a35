using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions.Yaml;
using Penstock.Pipelines.Masking;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>Reads a stream's <c>mask</c>, and adds to it what its contract classifies.</summary>
internal static class MaskFields
{
    /// <summary>The mask of a stream; null if nothing is masked.</summary>
    /// <param name="stream">The stream's fields.</param>
    /// <param name="contract">Its contract, if it has one.</param>
    /// <param name="masking">The pipeline's keys and classifications.</param>
    /// <param name="loading">Takes what is wrong, and the secrets that are needed.</param>
    public static StreamMask? Read(Fields stream, Contract? contract, MaskingFields masking, Loading loading)
    {
        var paths = new List<PathMask>();
        if (stream.Map("mask") is not null && stream.Find("mask") is YamlMap map)
        {
            foreach (YamlEntry entry in map.Entries)
                Add(entry, stream.PathOf("mask"), paths, loading.Problems);
        }

        if (contract is not null)
            Classified(contract.Properties, [], stream, masking, paths);
        if (paths.All(path => path.Rule is KeepValue))
            return null;
        var mask = new StreamMask(paths, masking.Keys);
        if (mask.NeedsKey)
            loading.Secrets.AddRange(masking.Secrets.Count > 0 ? masking.Secrets : [new SecretReference(MaskKeyVersions.DefaultSecret, loading.Problems.File, paths.First(path => path.Rule is HashValue).Line, stream.PathOf("mask"))]);
        return mask;
    }

    /// <summary>Refuses a mask that takes away what the key or the version is needed for.</summary>
    public static void Check(StreamMask? mask, PipelineStream stream, Fields fields, Problems problems)
    {
        if (mask?.ConflictWith([.. stream.Key.Select(MaskPath.Split)], stream.Version is null ? null : MaskPath.Split(stream.Version)) is { } conflict)
            problems.Add(conflict.Mask.Line, $"{fields.PathOf("mask")}.{conflict.Mask.Path}", conflict.Message, conflict.Fix);
    }

    private static void Add(YamlEntry entry, string path, List<PathMask> paths, Problems problems)
    {
        string here = $"{path}.{entry.Name}";
        if (!MaskPath.IsPath(entry.Name))
            problems.Add(entry.Line, here, $"'{entry.Name}' isn't a path.", "Write, for example, email, customer.email or addresses[].street.");
        else if (paths.Any(other => other.Parts.SequenceEqual(MaskPath.Split(entry.Name))))
            problems.Add(entry.Line, here, $"There are two rules for '{entry.Name}'.", "Keep one of the two.");
        else if (MaskRuleFields.Read(entry.Value, here, problems) is { } rule)
            paths.Add(new PathMask(entry.Name, rule, entry.Line));
    }

    private static void Classified(
        IReadOnlyList<ContractProperty> properties, IReadOnlyList<string> parents, Fields stream, MaskingFields masking, List<PathMask> paths)
    {
        foreach (ContractProperty property in properties)
            Classified(property, [.. parents, property.Name], stream, masking, paths);
    }

    private static void Classified(ContractProperty property, IReadOnlyList<string> path, Fields stream, MaskingFields masking, List<PathMask> paths)
    {
        // What the pipeline's own file says of a path comes first.
        if (property.Classification.Length > 0 && !paths.Any(known => known.Parts.SequenceEqual(path)))
        {
            if (masking.RuleOf(property.Classification) is { } rule)
                paths.Add(new PathMask(string.Join('.', path), rule, stream.LineOf("contract")));
            else
            {
                stream.Add("contract", $"It classifies '{string.Join('.', path)}' as '{property.Classification}', and nothing says what is done then.",
                    $"Say it in the pipeline, for example: masking: {{ classifications: {{ {property.Classification}: hash }} }}; 'keep' leaves the value.");
            }
        }

        Classified(property.Properties, path, stream, masking, paths);
        if (property.Items is { } items)
            Classified(items, path, stream, masking, paths);
    }
}

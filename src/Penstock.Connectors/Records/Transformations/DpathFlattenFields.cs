using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records.Transformations;

/// <summary><c>DpathFlattenFields</c>: the fields of one nested object move to the top level.</summary>
internal sealed class DpathFlattenFields : ITransformation
{
    private readonly IReadOnlyList<InterpolatedString> _path;
    private readonly InterpolatedString? _prefix;
    private readonly InterpolatedString? _suffix;
    private readonly bool _deletesOrigin;
    private readonly bool _replacesRecord;

    private DpathFlattenFields(ManifestNode node)
    {
        _path = node.TemplateList("field_path");
        var keys = node.Child("key_transformation");
        _prefix = keys?.Template("prefix");
        _suffix = keys?.Template("suffix");
        _deletesOrigin = node.Flag("delete_origin_value");
        _replacesRecord = node.Flag("replace_record");
    }

    public static DpathFlattenFields Read(ManifestNode node) => new(node);

    public void Apply(DictValue record, EvaluationContext variables)
    {
        var path = _path.EvaluateTexts(variables);
        if (!Dpath.TryGet(record, path, out var found) || found.AsDict is not { } nested)
        {
            return;
        }

        var prefix = _prefix?.EvaluateText(variables);
        var suffix = _suffix?.EvaluateText(variables);
        var fields = nested.Entries.Select(field => KeyValuePair.Create<Value, Value>(prefix + field.Key + suffix, field.Value)).ToList();
        if (_replacesRecord && fields.Count > 0)
        {
            record.Entries.Clear();
        }
        else if (fields.Exists(field => record.Entries.ContainsKey(field.Key)))
        {
            // Names that are taken already are not overwritten: then nothing moves.
            return;
        }
        else if (_deletesOrigin)
        {
            DpathDelete.Delete(record, path);
        }

        foreach (var (key, value) in fields)
        {
            record[key] = value;
        }
    }
}

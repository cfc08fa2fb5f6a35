using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Records;
using Penstock.Connectors.Records.Transformations;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Schemas;

/// <summary>A DynamicSchemaLoader: the first record that a retriever gives describes the stream's fields.</summary>
internal sealed class DynamicSchema
{
    private readonly IStream _source;
    private readonly EvaluationContext _context;
    private readonly IReadOnlyList<InterpolatedString> _fields;
    private readonly IReadOnlyList<InterpolatedString> _key;
    private readonly IReadOnlyList<InterpolatedString> _type;
    private readonly TypeMapping _types;
    private readonly IReadOnlyList<ITransformation> _transformations;
    private readonly InterpolatedBoolean? _filter;

    public DynamicSchema(ManifestNode loader, ManifestNode identifier, IStream source, ConnectorScope connector)
    {
        (_source, _context) = (source, connector.Context);
        _fields = identifier.TemplateList("schema_pointer");
        _key = identifier.TemplateList("key_pointer");
        _type = identifier.TemplateList("type_pointer");
        _types = new TypeMapping(identifier);
        _transformations = TransformationReader.Read(loader.List("schema_transformations"), connector);
        _filter = loader.Child("schema_filter")?.Condition("condition");
    }

    /// <summary>Asks the source for the schema.</summary>
    /// <exception cref="SourceFaultException">The source doesn't answer, or not with a description of fields.</exception>
    public async ValueTask<DictValue> FindAsync(CancellationToken cancellationToken)
    {
        var properties = new DictValue();
        if (await FirstRecordAsync(cancellationToken) is { } record)
        {
            foreach (var definition in Items(At(record, _fields)))
            {
                var key = At(definition, _key).AsText ?? throw SourceFaultException.System("A field of the dynamic schema has no name. Correct key_pointer.");
                var type = _type.Count == 0 ? "string" : At(definition, _type, "string");
                properties[key] = _types.Schema(type, definition, _context);
            }
        }

        properties = Filtered(properties);
        foreach (var transformation in _transformations) transformation.Apply(properties, _context.Inner().Set(VariableNames.Record, properties));
        return new DictValue
        {
            ["$schema"] = "https://json-schema.org/draft-07/schema#",
            ["type"] = "object",
            ["additionalProperties"] = true,
            ["properties"] = properties,
        };
    }

    private DictValue Filtered(DictValue properties) => _filter is null
        ? properties
        : new DictValue(properties.Entries.Where(field => _filter.Evaluate(_context.Inner().Set(VariableNames.Record, new DictValue { [field.Key] = field.Value }))));

    private async ValueTask<Value?> FirstRecordAsync(CancellationToken cancellationToken)
    {
        await foreach (var step in _source.ReadAsync(StreamSlice.Whole, null, cancellationToken))
        {
            switch (step)
            {
                case PageRead { Records: [var first, ..] }:
                    return ValueJsonReader.Read(first.Span);
                case ReadFailed failed:
                    throw new SourceFaultException(failed.Error with { Message = $"The stream's schema can't be found out: {failed.Error.Message}" });
                case ReadWaits waits:
                    throw SourceFaultException.Transient($"The stream's schema can't be found out before {waits.Until:O}: {waits.Reason}");
            }
        }

        return null;
    }

    private Value At(Value body, IReadOnlyList<InterpolatedString> pointer, Value absent = default) =>
        Dpath.TryGet(body, pointer.EvaluateTexts(_context), out var found) ? found : absent;

    private static IEnumerable<Value> Items(Value fields) => fields.AsList?.Elements ?? fields.AsDict?.Entries.Keys ?? Enumerable.Empty<Value>();
}

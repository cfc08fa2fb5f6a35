using System.Text.Json;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Vectors;

/// <summary>The context of a vector.</summary>
internal static class VectorContext
{
    public static EvaluationContext Build(DictValue given, in Value extraFunctions, TimeProvider time)
    {
        var context = new EvaluationContext(given.Find(VariableNames.Config), time);
        foreach (var (key, value) in given.Entries)
        {
            var name = key.AsText!;
            if (name is VariableNames.StreamPartition or VariableNames.StreamInterval)
                throw new ValueException(ValueErrorKind.ReservedVariable, $"the context defines '{name}', which is reserved");
            if (name is not (VariableNames.Config or VariableNames.Parameters))
                context.Set(name, ReadVariable(value));
        }

        foreach (var function in extraFunctions.AsList?.Elements ?? [])
        {
            if (function.AsText != ExtraFunctions.JsonLoadsName)
                throw new JsonException($"there is no extra function '{function}'");
            context.Set(ExtraFunctions.JsonLoadsName, ExtraFunctions.JsonLoads);
        }

        return context;
    }

    public static ValidTypes ReadTypes(in Value names)
    {
        var types = ValidTypes.Any;
        foreach (var name in names.AsList?.Elements ?? [])
            types |= Enum.Parse<ValidTypes>(name.ToString(), ignoreCase: true);
        return types;
    }

    private static Value ReadVariable(in Value value)
    {
        if (value.AsDict is not { } dict || dict.Find("$type").AsText != "stream_slice")
            return value;
        return new SliceValue(dict.Find("partition").AsDict ?? new DictValue(), dict.Find("cursor_slice").AsDict, dict.Find("extra_fields").AsDict);
    }
}

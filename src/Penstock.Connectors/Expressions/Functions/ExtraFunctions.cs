using System.Text.Json;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Texts;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Expressions.Functions;

/// <summary>Functions that only some components define in their contexts.</summary>
public static class ExtraFunctions
{
    /// <summary>The name of <see cref="JsonLoads"/>.</summary>
    public const string JsonLoadsName = "json_loads";

    /// <summary><c>json_loads(text)</c>: the JWT authenticator's templates read keys with it. A text that isn't JSON is an error.</summary>
    public static Value JsonLoads { get; } = new NativeFunction(JsonLoadsName, "s", Load);

    private static Value Load(Evaluation evaluation, Value[] a)
    {
        var text = a[0].AsText ?? (a[0].AsObject is BytesValue bytes
            ? TextEncoding.Decode(bytes, "utf-8", "strict").AsText!
            : throw ValueException.Type($"the JSON object must be str, bytes or bytearray, not {a[0].TypeName}"));
        try
        {
            evaluation.Text(text.Length);
            return ValueJsonReader.Read(text);
        }
        catch (JsonException)
        {
            throw ValueException.Bad("json_loads() was given a text that isn't JSON");
        }
    }
}

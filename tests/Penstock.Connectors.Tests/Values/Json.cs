using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Tests.Values;

internal static class Json
{
    public static Value Value(string json) => ValueJsonReader.Read(json);

    public static string Text(Value value) => ValueJsonWriter.ToText(value);
}

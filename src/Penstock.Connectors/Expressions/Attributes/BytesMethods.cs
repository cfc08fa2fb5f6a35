using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Texts;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Attributes;

/// <summary>The methods of bytes.</summary>
internal static class BytesMethods
{
    public static FunctionTable Table { get; } = new()
    {
        { "decode", "self, encoding='utf-8', errors='strict'", (_, a) => TextEncoding.Decode(Self(a), TextMethods.Need(a[1]), TextMethods.Need(a[2])) },
        { "hex", "self", (_, a) => Convert.ToHexStringLower(Self(a).Content.Span) },
    };

    private static BytesValue Self(Value[] a) => (BytesValue)a[0].AsObject!;
}

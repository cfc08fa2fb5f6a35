using System.Security.Cryptography;
using System.Text;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Texts;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Filters;

/// <summary>Airbyte's filters for Base64 and hashes, and Jinja's for addresses.</summary>
internal static class EncodingFilters
{
    public static FunctionTable Table { get; } = new()
    {
        { "base64binascii_decode", "value", (_, a) => Convert.ToBase64String(Encode(a[0], "ascii")) },
        { "base64decode", "value", (_, a) => TextEncoding.Decode(new BytesValue(LenientBase64.Decode(Encode(a[0], "utf-8"))), "utf-8", "strict") },
        { "base64encode", "value", (_, a) => Convert.ToBase64String(Encode(a[0], "utf-8")) },
        { "hash", "value, hash_type='md5', salt=None", Hash },
        { "hmac", "value, key, hash_type='sha256'", Hmac },
        { "urlencode", "value", UrlEncode },
    };

    // Unlike most, these filters ask their value for a method: what isn't a text has none.
    private static byte[] Encode(in Value value, string encoding)
    {
        if (value.AsObject is UndefinedValue undefined)
            throw undefined.Error();
        if (value.AsText is not { } text)
            throw new ValueException(ValueErrorKind.Attribute, $"'{value.TypeName}' object has no attribute 'encode'");
        return ((BytesValue)TextEncoding.Encode(text, encoding, "strict").AsObject!).Content.ToArray();
    }

    private static Value Hash(Evaluation evaluation, Value[] a)
    {
        var name = TextMethods.Need(a[1]);
        var digest = Digests.Find(name) ?? throw (Digests.NeedsArguments(name)
            ? ValueException.Type($"hashlib's '{name}' isn't a plain hash function")
            : new ValueException(ValueErrorKind.Attribute, "there is no hash function of that name"));
        var text = a[0].ToString() + (a[2].IsTruthy ? a[2].ToString() : "");
        evaluation.Text(text.Length);
        return Convert.ToHexStringLower(digest(UrlEncoding.Bytes(text).ToArray()));
    }

    private static Value Hmac(Evaluation evaluation, Value[] a)
    {
        if (a[2].Kind is ValueKind.List or ValueKind.Dict or ValueKind.Set)
            throw ValueException.Type($"unhashable type: '{a[2].TypeName}'");
        if (a[2].AsText != "sha256")
            throw ValueException.Bad("this hash type is not allowed. Allowed types: sha256");
        return Convert.ToHexStringLower(HMACSHA256.HashData(UrlEncoding.Bytes(a[1].ToString()), UrlEncoding.Bytes(a[0].ToString())));
    }

    private static Value UrlEncode(Evaluation evaluation, Value[] a)
    {
        if (a[0].AsText is not null || a[0].AsObject?.Items is null)
            return UrlEncoding.Quote(UrlEncoding.Bytes(a[0].ToString()), safe: "/");
        var result = new StringBuilder();
        foreach (var (key, value) in Pairs(evaluation, a[0]))
        {
            result.Append(result.Length == 0 ? "" : "&").Append(QueryPart(key)).Append('=').Append(QueryPart(value));
            evaluation.Growing(result.Length);
        }

        evaluation.Text(result.Length);
        return result.ToString();
    }

    private static IEnumerable<(Value Key, Value Value)> Pairs(Evaluation evaluation, Value value)
    {
        if (value.AsDict is { } dict)
            return dict.Entries.Select(e => (e.Key, e.Value));
        return Iteration.Each(evaluation, value).Select(item =>
        {
            if (item.AsText is null && item.AsObject?.Items is null)
                throw ValueException.Type($"cannot unpack non-iterable {item.TypeName} object");
            var pair = Iteration.ToList(evaluation, item).Elements;
            return pair.Count == 2 ? (pair[0], pair[1]) : throw ValueException.Bad("urlencode needs pairs");
        });
    }

    private static string QueryPart(in Value value) =>
        UrlEncoding.QuotePlus(value.AsObject is BytesValue ? value : value.ToString());
}

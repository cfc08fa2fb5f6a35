using Penstock.Connectors.Http;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Retrieval;

/// <summary>
/// A first page that the parent's record already has (<c>lazy_read_pointer</c>): it travels in the slice's extra fields, and isn't
/// asked for.
/// </summary>
internal static class GivenResponse
{
    /// <summary>The extra field that holds the response.</summary>
    public const string Field = "child_response";

    private static readonly AnswerHeaders NoHeaders = new([]);

    public static bool IsIn(SliceScope slice) => slice.Variables?.TryGet(Field, out _) == true;

    /// <summary>The response, as if the source had just given it.</summary>
    public static HttpAnswer Of(SliceScope slice, ConnectorScope connector)
    {
        var call = new HttpCall("GET", new Uri("http://parent-record.invalid/"), [], [], null);
        return HttpAnswer.Of(new CachedResponse(NoHeaders, ValueJsonWriter.ToUtf8(slice.Variables!.Find(Field))), call, connector.Transport.Options, connector.Time);
    }

    /// <summary>Extra fields without the response: the source is asked after all.</summary>
    public static string? Without(string? extraFields)
    {
        if (extraFields?.Contains(Field, StringComparison.Ordinal) != true) return extraFields;
        var fields = ValueJsonReader.Read(extraFields).AsDict!;
        fields.Entries.Remove(Field);
        return fields.Length == 0 ? null : ValueJsonWriter.ToText(fields);
    }
}

using System.Text.Json;
using Penstock.Connectors.Http;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Retrieval;

/// <summary>
/// Where reading a slice goes on, as JSON: <c>{"token":…}</c> for the page to ask for, with <c>"skip"</c> for the records of
/// that page that were given already, if it is read as a stream.
/// </summary>
/// <param name="Token">The page's token; none for the first page.</param>
/// <param name="Skip">The records of the source to pass over.</param>
/// <param name="Selected">How many of them were selected.</param>
/// <param name="Progress">How the paging was begun again; null if it wasn't, and need not be counted for it.</param>
internal sealed record Position(Value Token, long Skip = 0, long Selected = 0, PagingProgress? Progress = null)
{
    private const string ProgressField = "paging";

    public override string ToString()
    {
        var fields = new DictValue([KeyValuePair.Create<Value, Value>("token", Token)]);
        if (Skip > 0)
        {
            fields["skip"] = Skip;
            fields["selected"] = Selected;
        }

        if (Progress is { } progress && progress != PagingProgress.None)
        {
            fields[ProgressField] = new DictValue
            {
                ["records"] = progress.Records,
                ["attempts"] = (long)progress.Attempts,
                ["start"] = progress.Start,
                ["greatest"] = progress.Greatest,
            };
        }

        return ValueJsonWriter.ToText(fields);
    }

    /// <summary>Reads a position.</summary>
    /// <exception cref="SourceFaultException">The text is none.</exception>
    public static Position Parse(string text)
    {
        try
        {
            if (ValueJsonReader.Read(text).AsDict is { } fields && fields.TryGet("token", out var token))
            {
                return new Position(token, Number(fields, "skip"), Number(fields, "selected"), ReadProgress(fields.Find(ProgressField).AsDict));
            }
        }
        catch (JsonException)
        {
            // Told below.
        }

        throw SourceFaultException.System("The position to read from is not one that a page of this slice gave. Read the slice from its beginning.");
    }

    private static PagingProgress? ReadProgress(DictValue? fields) => fields is null
        ? null
        : new PagingProgress(Number(fields, "records"), (int)Number(fields, "attempts"), fields.Find("start").AsText, fields.Find("greatest").AsText);

    private static long Number(DictValue fields, string name) => fields.Find(name).TryGetInt64(out var number) && number >= 0 ? number : 0;
}

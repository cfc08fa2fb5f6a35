using System.Text.Json;
using Penstock.Connectors.Http;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Retrieval.Jobs;

/// <summary>How far a slice's job is, so that another process can go on with it instead of creating it again.</summary>
/// <param name="Attempt">How often the job was created, this time included.</param>
/// <param name="CreatedAt">When it was.</param>
/// <param name="Creation">What the source answered when it was created; templates see it as <c>creation_response</c>.</param>
/// <param name="Polling">What the source answered when it was complete; none before.</param>
/// <param name="Targets">What to download; empty before the job is complete.</param>
/// <param name="Target">The target that is being downloaded.</param>
/// <param name="Page">The position in the target's download, or null.</param>
internal sealed record JobPosition(
    int Attempt, DateTimeOffset CreatedAt, Value Creation, Value Polling = default, IReadOnlyList<Value>? Targets = null, int Target = 0, string? Page = null)
{
    public string Write() => ValueJsonWriter.ToText(new DictValue
    {
        ["attempt"] = (long)Attempt,
        ["created"] = CreatedAt.ToUnixTimeMilliseconds(),
        ["creation"] = Creation,
        ["polling"] = Polling,
        ["targets"] = Targets is null ? Value.None : new ListValue(Targets),
        ["target"] = (long)Target,
        ["page"] = Page,
    });

    /// <exception cref="SourceFaultException">The text is no position of a job.</exception>
    public static JobPosition Read(string text)
    {
        try
        {
            if (ValueJsonReader.Read(text).AsDict is { } fields && fields.Find("attempt").TryGetInt64(out var attempt) && fields.Find("created").TryGetInt64(out var created))
            {
                fields.Find("target").TryGetInt64(out var target);
                return new((int)attempt, DateTimeOffset.FromUnixTimeMilliseconds(created), fields.Find("creation"), fields.Find("polling"),
                    fields.Find("targets").AsList?.Elements, (int)target, fields.Find("page").AsText);
            }
        }
        catch (JsonException)
        {
            // Told below.
        }

        throw SourceFaultException.System("The position to read from is not one of a job of this slice. Read the slice from its beginning.");
    }
}

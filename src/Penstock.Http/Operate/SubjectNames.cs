using System.Text.Json;
using Penstock.Http.Bodies;
using Penstock.Pipelines.Erasing;
using Penstock.Pipelines.Subjects;

namespace Penstock.Http.Operate;

/// <summary>Reads <c>subject</c>: a name, or names by kind. What is wrong is said without the names.</summary>
internal static class SubjectNames
{
    public static IReadOnlyList<SubjectName> Read(RequestObject body)
    {
        var names = new List<SubjectName>();
        switch (body.Any("subject"))
        {
            case { ValueKind: JsonValueKind.String } text:
                names.Add(new SubjectName(SubjectPath.DefaultKind, text.GetString()!));
                break;
            case { ValueKind: JsonValueKind.Object } kinds:
                foreach (JsonProperty kind in kinds.EnumerateObject())
                    Read(kind, names, body);
                break;
            default:
                body.Refuse("subject", "'subject' must be a name, or an object of names by kind, for example {\"email\": \"…\"}.");
                break;
        }

        return names;
    }

    private static void Read(JsonProperty kind, List<SubjectName> names, RequestObject body)
    {
        IEnumerable<JsonElement> values = kind.Value.ValueKind == JsonValueKind.Array ? kind.Value.EnumerateArray() : [kind.Value];
        foreach (JsonElement value in values)
        {
            if (value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                names.Add(new SubjectName(kind.Name, value.ToString()));
            else
                body.Refuse("subject", $"The names of the kind '{kind.Name}' must be texts.");
        }
    }
}

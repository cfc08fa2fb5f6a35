using System.Globalization;

namespace Penstock.Pipelines.Folders;

/// <summary>The name of a message's file, which is its receipt too.</summary>
/// <param name="VisibleAt">When the message can be taken: UTC ticks.</param>
/// <param name="Count">How often it was taken.</param>
/// <param name="Id">The message's id.</param>
/// <param name="Take">Differs with every take and every hide.</param>
internal readonly record struct MessageName(long VisibleAt, int Count, string Id, string Take)
{
    private const string Extension = ".json";

    /// <summary>Reads a name; null for a file that isn't a message.</summary>
    public static MessageName? TryParse(string name)
    {
        if (!name.EndsWith(Extension, StringComparison.Ordinal))
            return null;
        string[] parts = name[..^Extension.Length].Split('-');
        return parts.Length == 4
            && long.TryParse(parts[0], NumberStyles.AllowHexSpecifier, null, out long visibleAt)
            && int.TryParse(parts[1], NumberStyles.None, null, out int count)
            ? new MessageName(visibleAt, count, parts[2], parts[3])
            : null;
    }

    public override string ToString() => $"{VisibleAt:x16}-{Count}-{Id}-{Take}{Extension}";
}

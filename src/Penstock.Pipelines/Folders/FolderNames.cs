using System.Text;

namespace Penstock.Pipelines.Folders;

/// <summary>
/// Writes the path of a blob as a path of files and back. Names stay readable, and differ on every file system, Windows' and
/// macOS' included: those ignore case, reserve names (<c>nul.json</c>), and none lets a file and a folder share a name.
/// </summary>
/// <remarks>
/// <c>+</c> is no character of a blob's name, so it escapes: <c>A</c> is <c>+a</c>; a folder's <c>.</c> is <c>+-</c>; a file without
/// an extension ends in <c>+</c> (so <c>a</c> and <c>a/b</c> can both be); a reserved name, or one with a leading dot, begins with <c>+=</c>; a segment of 100
/// characters or more goes on in a folder that ends in <c>++</c>.
/// </remarks>
internal static class FolderNames
{
    private const int MaxComponent = 100;
    private const string Goes = "++";

    /// <summary>Gives the relative path of a file.</summary>
    public static string FilePath(string blobPath) => Encode(blobPath, File);

    /// <summary>Gives the relative path of a folder.</summary>
    public static string FolderPath(string blobPath) => Encode(blobPath, Folder);

    /// <summary>
    /// Gives what a folder or file on disk adds to a blob's path: <c>name/</c> for a folder, <c>name</c> for a file or for a folder in
    /// which a long segment goes on; null for what isn't ours.
    /// </summary>
    public static string? Decode(string component, bool isFolder)
    {
        bool goesOn = isFolder && component.EndsWith(Goes, StringComparison.Ordinal);
        ReadOnlySpan<char> rest = goesOn ? component.AsSpan(0, component.Length - Goes.Length) : component;
        var text = new StringBuilder(rest.Length);
        while (rest is not [])
        {
            int taken = rest[0] == '+' ? 2 : 1;
            if (rest is ['+', char escaped, ..] && char.IsAsciiLetterLower(escaped))
                text.Append(char.ToUpperInvariant(escaped));
            else if (rest is ['+', '-', ..])
                text.Append('.');
            else if (char.IsAsciiLetterLower(rest[0]) || char.IsAsciiDigit(rest[0]) || rest[0] is '.' or '_' or '=' or '~' or '-')
                text.Append(rest[0]);
            rest = rest[Math.Min(taken, rest.Length)..];
        }

        string decoded = text.ToString();
        string encoded = goesOn ? Folder(decoded) + Goes : isFolder ? Folder(decoded) : File(decoded);
        if (encoded != component)
            return null;
        return isFolder && !goesOn ? decoded + '/' : decoded;
    }

    private static string Encode(string blobPath, Func<string, string> last)
    {
        string[] segments = blobPath.Split('/');
        var components = new List<string>(segments.Length);
        for (int i = 0; i < segments.Length; i++)
        {
            string rest = segments[i];
            for (; rest.Length >= MaxComponent; rest = rest[MaxComponent..])
                components.Add(Folder(rest[..MaxComponent]) + Goes);
            components.Add(i == segments.Length - 1 ? last(rest) : Folder(rest));
        }

        return Path.Combine([.. components]);
    }

    private static string File(string segment)
    {
        string name = Escape(segment, dots: false);
        return segment.Contains('.') && !segment.EndsWith('.') ? name : name + '+';
    }

    private static string Folder(string segment) => Escape(segment, dots: true);

    private static string Escape(string segment, bool dots)
    {
        var name = new StringBuilder(segment.Length + 8);
        if (segment is [] or ['.', ..] || IsReserved(segment))
            name.Append("+=");
        foreach (char c in segment)
        {
            if (char.IsAsciiLetterUpper(c))
                name.Append('+').Append(char.ToLowerInvariant(c));
            else if (dots && c == '.')
                name.Append("+-");
            else
                name.Append(c);
        }

        return name.ToString();
    }

    // https://learn.microsoft.com/windows/win32/fileio/naming-a-file: these, with any extension.
    private static bool IsReserved(string segment)
    {
        string stem = segment.Split('.')[0].ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL"
            || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)) && char.IsAsciiDigit(stem[3]));
    }
}

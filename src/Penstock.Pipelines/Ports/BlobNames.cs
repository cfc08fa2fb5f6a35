using System.Text;

namespace Penstock.Pipelines.Ports;

/// <summary>The areas of the blob store: a container each in Azure, a folder each locally.</summary>
public static class BlobAreas
{
    /// <summary>Pipelines, connectors and contracts as they were deployed.</summary>
    public const string Config = "config";

    /// <summary>Landed records: immutable, replayable.</summary>
    public const string Raw = "raw";

    /// <summary>Runs, slices, cursors, budgets, leases and large messages.</summary>
    public const string State = "state";

    /// <summary>Records that break their contract, with the reason.</summary>
    public const string Quarantine = "quarantine";

    /// <summary>Curated records as files, for streams that ask for them.</summary>
    public const string Lake = "lake";

    /// <summary>What happened: counts, dead letters, alerts.</summary>
    public const string Ledger = "ledger";

    /// <summary>Every area.</summary>
    public static IReadOnlyList<string> All { get; } = [Config, Raw, State, Quarantine, Lake, Ledger];
}

/// <summary>Writes any text as a segment of a blob's name.</summary>
public static class BlobNames
{
    /// <summary>
    /// Escapes a text so that it is one segment of a name, readable where it can be: letters, digits, <c>.</c>, <c>_</c> and
    /// <c>-</c> stay (a leading dot doesn't), every other byte of its UTF-8 becomes <c>~xx</c>. Different texts give different segments.
    /// </summary>
    public static string Segment(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var name = new StringBuilder(text.Length + 8);
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            bool plain = char.IsAsciiLetterOrDigit((char)b) || b is (byte)'_' or (byte)'-' || (b == '.' && name.Length > 0);
            _ = plain ? name.Append((char)b) : name.Append('~').Append(b.ToString("x2"));
        }

        return name.ToString();
    }

    /// <summary>The text that <see cref="Segment"/> wrote.</summary>
    public static string Text(string segment)
    {
        var bytes = new List<byte>(segment.Length);
        for (int i = 0; i < segment.Length; i++)
        {
            bool isEscaped = segment[i] == '~' && i + 2 < segment.Length && byte.TryParse(segment.AsSpan(i + 1, 2), System.Globalization.NumberStyles.HexNumber, null, out _);
            bytes.Add(isEscaped ? Convert.ToByte(segment.Substring(i + 1, 2), 16) : (byte)segment[i]);
            i += isEscaped ? 2 : 0;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}

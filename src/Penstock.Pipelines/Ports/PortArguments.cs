namespace Penstock.Pipelines.Ports;

/// <summary>What every implementation of a port refuses: wrong arguments, before anything is touched.</summary>
internal static class PortArguments
{
    private const int MaxNameLength = 900;
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(7);

    /// <summary>Splits a blob's name into its area and its path, or refuses it.</summary>
    public static (string Area, string Path) BlobName(string name)
    {
        var (area, path) = BlobPrefix(name);
        foreach (Range range in path.AsSpan().Split('/'))
        {
            if (path.AsSpan()[range] is [] or ['.', ..])
                throw new ArgumentException($"The blob name '{name}' has an empty segment or one that begins with a dot: write segments with BlobNames.Segment.", nameof(name));
        }

        return (area, path);
    }

    /// <summary>Splits the beginning of a blob's name into its area and the rest, or refuses it.</summary>
    public static (string Area, string Path) BlobPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        int slash = prefix.IndexOf('/');
        string area = slash < 0 ? prefix : prefix[..slash];
        if (slash < 0 || !BlobAreas.All.Contains(area))
            throw new ArgumentException($"The blob name '{prefix}' must begin with one of the areas {string.Join(", ", BlobAreas.All)} and a slash.", nameof(prefix));
        if (prefix.Length > MaxNameLength)
            throw new ArgumentException($"The blob name '{prefix[..40]}…' has {prefix.Length} characters; at most {MaxNameLength} are allowed.", nameof(prefix));
        foreach (char c in prefix)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '=' or '~' or '-' or '/'))
                throw new ArgumentException($"The blob name '{prefix}' has the character U+{(int)c:X4}: write segments with BlobNames.Segment.", nameof(prefix));
        }

        return (area, prefix[(slash + 1)..]);
    }

    /// <summary>Refuses a message that a storage queue wouldn't take; gives the delay, not below zero.</summary>
    public static TimeSpan Message(string queue, ReadOnlyMemory<byte> message, TimeSpan delay)
    {
        Queue(queue);
        if (message.Length > IWorkQueue.MaxMessageBytes)
            throw new ArgumentException($"The message for the queue '{queue}' has {message.Length} bytes; at most {IWorkQueue.MaxMessageBytes} fit. Put the content into a blob and send its name.", nameof(message));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, s_longest);
        return delay < TimeSpan.Zero ? TimeSpan.Zero : delay;
    }

    /// <summary>Refuses a visibility that a storage queue wouldn't take.</summary>
    public static void Visibility(TimeSpan visibility, TimeSpan least)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(visibility, s_longest);
        ArgumentOutOfRangeException.ThrowIfLessThan(visibility, least);
    }

    /// <summary>Refuses what isn't a queue's name: 3 to 63 lower-case letters, digits and single dashes.</summary>
    public static void Queue(string queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        bool fits = queue.Length is >= 3 and <= 63 && queue[0] != '-' && queue[^1] != '-' && !queue.Contains("--", StringComparison.Ordinal)
            && queue.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
        if (!fits)
            throw new ArgumentException($"'{queue}' is not a queue's name: 3 to 63 lower-case letters, digits and single dashes.", nameof(queue));
    }

    /// <summary>Refuses what isn't a secret's name: 1 to 127 letters, digits and dashes.</summary>
    public static void Secret(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is < 1 or > 127 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new ArgumentException($"'{name}' is not a secret's name: 1 to 127 letters, digits and dashes.", nameof(name));
    }

    /// <summary>Refuses a curated key that some store couldn't hold.</summary>
    public static void Key(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length is < 1 or > 1000)
            throw new ArgumentException($"A curated key has {key.Length} characters; 1 to 1,000 are allowed.", nameof(key));
    }
}

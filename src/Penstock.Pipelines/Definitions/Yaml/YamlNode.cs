using System.Globalization;

namespace Penstock.Pipelines.Definitions.Yaml;

/// <summary>A value of a YAML document that knows where it stands.</summary>
internal abstract class YamlNode(int line)
{
    /// <summary>The line of its first character, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>What it is, in words: <c>a text</c>, <c>a list</c>, <c>a mapping</c> and so on.</summary>
    public abstract string Kind { get; }
}

internal sealed class YamlScalar(int line, string text, bool quoted) : YamlNode(line)
{
    public string Text { get; } = text;

    /// <summary>Whether it was written in quotes, or as a block: then it is a text whatever it looks like.</summary>
    public bool IsQuoted { get; } = quoted;

    // YAML 1.2 core schema, section 10.3: only plain scalars are anything else than texts.
    public bool IsNull => !IsQuoted && Text is "" or "~" or "null" or "Null" or "NULL";

    public bool? Boolean => IsQuoted ? null : Text switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    public bool TryInteger(out long value)
    {
        value = 0;
        return !IsQuoted && long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    public bool TryNumber(out decimal value)
    {
        value = 0;
        return !IsQuoted && Text.Length > 0 && Text[0] is '-' or '+' or '.' or (>= '0' and <= '9')
            && decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    public override string Kind =>
        IsNull ? "empty" : Boolean is not null ? "true or false" : TryNumber(out _) ? "a number" : "a text";
}

internal sealed class YamlList(int line, IReadOnlyList<YamlNode> items) : YamlNode(line)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override string Kind => "a list";
}

internal sealed class YamlMap(int line, IReadOnlyList<YamlEntry> entries) : YamlNode(line)
{
    public IReadOnlyList<YamlEntry> Entries { get; } = entries;

    public override string Kind => "a mapping";

    /// <summary>A field's value, empty or not; null if it isn't there.</summary>
    public YamlNode? Find(string name)
    {
        foreach (YamlEntry entry in Entries)
        {
            if (entry.Name == name)
                return entry.Value;
        }

        return null;
    }
}

/// <summary>A field of a mapping.</summary>
internal readonly record struct YamlEntry(string Name, int Line, YamlNode Value);

using System.Text.RegularExpressions;
using System.Xml;
using Penstock.Connectors.Values;

namespace Penstock.Pipelines.Definitions.Yaml;

/// <summary>Reads the fields of a mapping. What isn't as it must be becomes a problem and reads as null; reading goes on.</summary>
internal sealed partial class Fields(YamlMap map, string path, Problems problems)
{
    private readonly List<string> _known = [];

    public int Line => map.Line;

    public string Path => path;

    /// <summary>The names of its fields, in their order.</summary>
    public IReadOnlyList<string> Names => [.. map.Entries.Select(entry => entry.Name)];

    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>The line of a field, or of the mapping if it hasn't the field.</summary>
    public int LineOf(string name) => Entry(name)?.Line ?? map.Line;

    public bool Has(string name) => Find(name) is not null;

    /// <summary>A field's node; null if it isn't there or is empty.</summary>
    public YamlNode? Find(string name)
    {
        if (!_known.Contains(name))
            _known.Add(name);
        return Entry(name)?.Value is { } node and not YamlScalar { IsNull: true } ? node : null;
    }

    public string? Text(string name) => Find(name) switch
    {
        null => null,
        YamlScalar { Text.Length: > 0 } scalar => scalar.Text,
        YamlScalar => Wrong<string>(name, "a text", "empty"),
        var node => Wrong<string>(name, "a text", node.Kind),
    };

    /// <summary>A plain value as it is written, whatever its type; null if it isn't there, is empty, or isn't plain.</summary>
    public string? Plain(string name) => (Find(name) as YamlScalar)?.Text;

    public string? RequiredText(string name, string example)
    {
        if (!Has(name))
            Missing(name, example);
        return Text(name);
    }

    public bool? Boolean(string name) => Find(name) switch
    {
        null => null,
        YamlScalar { Boolean: { } value } => value,
        var node => Wrong<bool?>(name, "true or false", node.Kind),
    };

    public int? Integer(string name, int least) => Find(name) switch
    {
        null => null,
        YamlScalar scalar when scalar.TryInteger(out long value) && value >= least && value <= int.MaxValue => (int)value,
        var node => Wrong<int?>(name, $"a whole number from {least}", node.Kind),
    };

    /// <summary>An ISO 8601 duration of weeks, days, hours, minutes and seconds: months and years have no fixed length.</summary>
    public TimeSpan? Duration(string name, TimeSpan least)
    {
        if (Text(name) is not { } text)
            return null;
        if (!FixedDuration().IsMatch(text))
            return Reject(name, $"'{text}' isn't a duration.", "Write ISO 8601, for example PT5M, PT1H or P1D.");
        TimeSpan value = text.EndsWith('W') ? TimeSpan.FromDays(7 * int.Parse(text[1..^1])) : XmlConvert.ToTimeSpan(text);
        return value >= least ? value : Reject(name, $"'{text}' is too short.", $"Write {XmlConvert.ToString(least)} or more.");

        TimeSpan? Reject(string field, string message, string fix)
        {
            Add(field, message, fix);
            return null;
        }
    }

    public Fields? Map(string name) => Find(name) switch
    {
        null => null,
        YamlMap value => new Fields(value, PathOf(name), problems),
        var node => Wrong<Fields>(name, "a mapping", node.Kind),
    };

    /// <summary>The mappings of a list; an item that isn't a mapping becomes a problem and is left out.</summary>
    public IReadOnlyList<Fields> Maps(string name)
    {
        var maps = new List<Fields>();
        foreach ((YamlNode item, string at) in Items(name))
        {
            if (item is YamlMap value)
                maps.Add(new Fields(value, at, problems));
            else
                problems.Add(item.Line, at, $"must be a mapping, but is {item.Kind}.", "Write its fields, one a line.");
        }

        return maps;
    }

    /// <summary>The texts of a list; an item that isn't a text, or that the check finds wrong, becomes a problem and is left out.</summary>
    public IReadOnlyList<string> Texts(string name, Func<string, (string Message, string Fix)?>? check = null)
    {
        var texts = new List<string>();
        foreach ((YamlNode item, string at) in Items(name))
        {
            if (item is not YamlScalar { IsNull: false, Text.Length: > 0 } scalar)
                problems.Add(item.Line, at, $"must be a text, but is {item.Kind}.", "Write a text.");
            else if (check?.Invoke(scalar.Text) is { } wrong)
                problems.Add(item.Line, at, wrong.Message, wrong.Fix);
            else
                texts.Add(scalar.Text);
        }

        return texts;
    }

    public void Missing(string name, string example) =>
        problems.Add(map.Line, PathOf(name), $"'{name}' is missing.", $"Add it, for example: {example}");

    /// <summary>Adds a problem of the mapping as a whole.</summary>
    public void AddHere(string message, string fix) => problems.Add(map.Line, path, message, fix);

    public void Add(string name, string message, string fix) => problems.Add(LineOf(name), PathOf(name), message, fix);

    /// <summary>Every field that nobody asked for becomes a problem. Call it last.</summary>
    public void RejectOthers()
    {
        foreach (YamlEntry entry in map.Entries.Where(entry => !_known.Contains(entry.Name)))
            problems.Add(entry.Line, PathOf(entry.Name), $"'{entry.Name}' isn't a field here.", Nearest.Advice(entry.Name, _known));
    }

    /// <summary>A field that looks like a misspelt known one becomes a problem; others may be there. Call it last.</summary>
    public void RejectMisspelt(IReadOnlyCollection<string> alsoKnown)
    {
        foreach (YamlEntry entry in map.Entries.Where(entry => !_known.Contains(entry.Name) && !alsoKnown.Contains(entry.Name)))
        {
            if (Nearest.Find(entry.Name, _known.Concat(alsoKnown)) is { } meant)
                problems.Add(entry.Line, PathOf(entry.Name), $"'{entry.Name}' isn't a field here.", $"Did you mean '{meant}'?");
        }
    }

    private IEnumerable<(YamlNode Item, string Path)> Items(string name)
    {
        YamlNode? node = Find(name);
        if (node is YamlList list)
            return list.Items.Select((item, index) => (item, $"{PathOf(name)}[{index}]"));
        if (node is not null)
            Wrong<object>(name, "a list", node.Kind);
        return [];
    }

    private T? Wrong<T>(string name, string expected, string kind)
    {
        Add(name, $"must be {expected}, but is {kind}.", expected == "a list" ? $"Write it as {name}: [...]." : $"Write {expected}.");
        return default;
    }

    private YamlEntry? Entry(string name)
    {
        foreach (YamlEntry entry in map.Entries)
        {
            if (entry.Name == name)
                return entry;
        }

        return null;
    }

    [GeneratedRegex(@"^P(?!$)(\d{1,4}W|(\d{1,5}D)?(T(?=\d)(\d{1,6}H)?(\d{1,7}M)?(\d{1,9}S)?)?)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex FixedDuration();
}

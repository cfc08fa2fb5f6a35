using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Contracts.Standard;

/// <summary>A mapping with fields that the standard knows.</summary>
internal sealed class MapShape : Shape
{
    private readonly Dictionary<string, Shape> _fields = [];
    private readonly List<string> _required = [];
    private readonly List<Func<YamlMap, MapShape?>> _parts = [];
    private readonly List<Action<YamlMap, string, Problems>> _rules = [];
    private bool _isOpen;

    public override string Kind => "a mapping";

    public override bool IsKind(YamlNode node) => node is YamlMap;

    /// <summary>A field that may be there.</summary>
    public MapShape With(string name, Shape shape)
    {
        _fields[name] = shape;
        return this;
    }

    /// <summary>Fields of one shape that may be there.</summary>
    public MapShape With(Shape shape, params string[] names)
    {
        foreach (string name in names)
            _fields[name] = shape;
        return this;
    }

    /// <summary>Fields that must be there.</summary>
    public MapShape Requires(params string[] names)
    {
        _required.AddRange(names);
        return this;
    }

    /// <summary>More fields, depending on what the mapping holds; null for none.</summary>
    public MapShape Also(Func<YamlMap, MapShape?> part)
    {
        _parts.Add(part);
        return this;
    }

    /// <summary>All fields of another shape.</summary>
    public MapShape Also(MapShape part) => Also(_ => part);

    /// <summary>A rule about several fields.</summary>
    public MapShape Rule(Action<YamlMap, string, Problems> rule)
    {
        _rules.Add(rule);
        return this;
    }

    /// <summary>Fields that the standard doesn't know may be there too.</summary>
    public MapShape Open()
    {
        _isOpen = true;
        return this;
    }

    protected override void CheckInside(YamlNode node, string path, Problems problems)
    {
        var map = (YamlMap)node;
        var fields = new Dictionary<string, Shape>();
        var required = new List<string>();
        Gather(map, fields, required, rule => rule(map, path, problems));
        foreach (string name in required.Where(name => map.Find(name) is null))
            problems.Add(map.Line, Join(path, name), $"'{name}' is missing.", "The standard requires it: add it.");
        foreach (YamlEntry entry in map.Entries)
        {
            if (fields.TryGetValue(entry.Name, out Shape? shape))
                shape.Check(entry.Value, Join(path, entry.Name), problems);
            else if (!_isOpen)
                problems.Add(entry.Line, Join(path, entry.Name), $"'{entry.Name}' isn't a field of the standard here.", Unknown(entry.Name, fields.Keys));
        }
    }

    private void Gather(YamlMap map, Dictionary<string, Shape> fields, List<string> required, Action<Action<YamlMap, string, Problems>> run)
    {
        foreach ((string name, Shape shape) in _fields)
            fields[name] = shape;
        required.AddRange(_required.Where(name => !required.Contains(name)));
        _rules.ForEach(run);
        foreach (Func<YamlMap, MapShape?> part in _parts)
            part(map)?.Gather(map, fields, required, run);
    }

    private static string Unknown(string name, Dictionary<string, Shape>.KeyCollection known) =>
        Nearest.Find(name, known) is { } meant ? $"Did you mean '{meant}'?" : "Remove it, or write it under customProperties: [{ property: ..., value: ... }].";

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}

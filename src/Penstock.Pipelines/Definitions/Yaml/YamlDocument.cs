using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Penstock.Pipelines.Definitions.Yaml;

/// <summary>Reads one YAML document into nodes with lines. Bounded: a file is small, shallow, and its aliases don't explode.</summary>
internal sealed class YamlDocument
{
    private const int MaxDepth = 64;
    private const int MaxNodes = 100_000;

    private readonly Parser _parser;
    private readonly Problems _problems;
    private readonly Dictionary<string, (YamlNode Node, int Nodes)> _anchors = [];
    private int _nodes;

    private YamlDocument(string text, Problems problems)
    {
        _parser = new Parser(new StringReader(text));
        _problems = problems;
    }

    /// <summary>Reads a document, or adds what is wrong to the problems and gives null.</summary>
    public static YamlNode? Read(string text, Problems problems)
    {
        try
        {
            return new YamlDocument(text, problems).Document();
        }
        catch (YamlException e)
        {
            string[] lines = text.TrimEnd().Split('\n');
            int line = Math.Clamp((int)e.Start.Line, 1, lines.Length);
            int tab = Array.FindIndex(lines, line - 1, one => one.TrimStart(' ').StartsWith('\t')) + 1;
            bool tabs = tab > 0 && e.Message.Contains(" tab ", StringComparison.Ordinal);
            problems.Add(tabs ? tab : line, "", $"This isn't YAML: {e.Message.TrimEnd('.')}.", tabs
                ? "Indent with spaces: YAML forbids tabs."
                : "Look at the indentation, the quotes and the brackets of this line and the one above.");
            return null;
        }
    }

    private YamlNode? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            _problems.Add(0, "", "The file is empty.", "Write its content, or remove the file.");
            return null;
        }

        _parser.Consume<DocumentStart>();
        YamlNode root = Node(0);
        _parser.Consume<DocumentEnd>();
        if (Take<DocumentStart>() is { } second)
            _problems.Add((int)second.Start.Line, "", "The file has a second document.", "Keep one document a file.");
        return root;
    }

    private YamlNode Node(int depth)
    {
        if (Take<AnchorAlias>() is { } alias)
            return Resolve(alias);
        NodeEvent start = _parser.Current as NodeEvent ?? throw Error(_parser.Current!.Start, "a value is missing here.");
        if (depth > MaxDepth)
            throw Error(start.Start, $"values are nested more than {MaxDepth} deep.");
        int before = _nodes;
        Count(start.Start, 1);
        YamlNode node = Take<Scalar>() is { } scalar
            ? new YamlScalar((int)scalar.Start.Line, scalar.Value, scalar.Style != ScalarStyle.Plain)
            : Take<SequenceStart>() is { } list ? List(list, depth) : Map(_parser.Consume<MappingStart>(), depth);
        if (!start.Anchor.IsEmpty)
            _anchors[start.Anchor.Value] = (node, _nodes - before);
        return node;
    }

    private YamlList List(SequenceStart start, int depth)
    {
        var items = new List<YamlNode>();
        while (Take<SequenceEnd>() is null)
            items.Add(Node(depth + 1));
        return new YamlList((int)start.Start.Line, items);
    }

    private YamlMap Map(MappingStart start, int depth)
    {
        var entries = new List<YamlEntry>();
        var lines = new Dictionary<string, int>();
        while (Take<MappingEnd>() is null)
        {
            if (Take<Scalar>() is not { } name)
                throw Error(_parser.Current!.Start, "the name of a field must be a text.");
            int line = (int)name.Start.Line;
            YamlNode value = Node(depth + 1);
            if (lines.TryAdd(name.Value, line))
                entries.Add(new(name.Value, line, value));
            else
                _problems.Add(line, name.Value, $"'{name.Value}' is already on line {lines[name.Value]}.", "Keep one of the two.");
        }

        return new YamlMap((int)start.Start.Line, entries);
    }

    private YamlNode Resolve(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out (YamlNode Node, int Nodes) anchored))
            throw Error(alias.Start, $"no value above has the anchor &{alias.Value}.");
        Count(alias.Start, anchored.Nodes);
        return anchored.Node;
    }

    // An alias counts as often as it is used: "billion laughs" documents end here.
    private void Count(Mark at, int nodes)
    {
        _nodes += nodes;
        if (_nodes > MaxNodes)
            throw Error(at, $"the document has more than {MaxNodes} values, aliases counted as often as they are used.");
    }

    private T? Take<T>() where T : ParsingEvent => _parser.Accept<T>(out _) ? _parser.Consume<T>() : null;

    private static YamlException Error(Mark at, string message) => new(at, at, message);
}

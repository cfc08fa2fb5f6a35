using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Penstock.Connectors.Manifests;

/// <summary>Reads YAML into nodes that know their place. Depth, size and what aliases expand to are bounded.</summary>
internal sealed class YamlReader
{
    private const int MostDepth = 200;
    private const long MostNodes = 1_000_000;
    private const string MergeKey = "<<";

    private readonly string _file;
    private readonly BuildProblems _problems;
    private readonly Dictionary<AnchorName, SourceNode?> _anchors = [];
    private readonly Parser _parser;
    private long _nodes;

    private YamlReader(string text, string file, BuildProblems problems)
    {
        _file = file;
        _problems = problems;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>Reads the one document; null (and problems) if it isn't YAML.</summary>
    public static SourceNode? Read(string text, string file, BuildProblems problems)
    {
        var reader = new YamlReader(text, file, problems);
        try
        {
            return reader.Document();
        }
        catch (YamlException e)
        {
            reader.NotYaml(e.Start, e.Message);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException)
        {
            // The scanner gives up like this on some malformed texts, without a place: the last token is the nearest.
            reader.NotYaml(reader._parser.Current?.End ?? Mark.Empty, "The text after this place can't be understood.");
        }

        return null;
    }

    private void NotYaml(Mark at, string why) => _problems.Add(new(ProblemSeverity.Error, _file, (int)at.Line, (int)at.Column, "",
        $"This isn't YAML: {Sentence(why)}", "Correct the text at this place."));

    private SourceNode? Document()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            _problems.Add(new(ProblemSeverity.Error, _file, 1, 1, "", "The manifest is empty.", "Write a DeclarativeSource."));
            return null;
        }

        var root = Node(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
            throw new YamlException(second.Start, second.End, "a manifest is one document, and here a second one begins");
        return root;
    }

    private SourceNode Node(int depth)
    {
        var start = _parser.Current!.Start;
        if (depth > MostDepth) throw new YamlException(start, start, $"nested deeper than {MostDepth} levels");
        if (_parser.TryConsume<AnchorAlias>(out var alias)) return Aliased(alias);
        var anchor = (_parser.Current as NodeEvent)?.Anchor ?? AnchorName.Empty;
        if (!anchor.IsEmpty) _anchors[anchor] = null;
        Count(1, start);
        var mark = new SourceMark((int)start.Line, (int)start.Column);
        var node = _parser.Current switch
        {
            YamlDotNet.Core.Events.Scalar => ScalarNode(mark),
            SequenceStart => Sequence(mark, depth),
            MappingStart => Mapping(mark, depth),
            var other => throw new YamlException(start, start, $"{other.GetType().Name} isn't expected here"),
        };
        if (!anchor.IsEmpty) _anchors[anchor] = node;
        return node;
    }

    private SourceNode Aliased(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value, out var node))
            throw new YamlException(alias.Start, alias.End, $"the alias *{alias.Value} has no anchor before it");
        if (node is null) throw new YamlException(alias.Start, alias.End, $"the alias *{alias.Value} contains itself");
        Count(node.Size, alias.Start);
        return node;
    }

    private void Count(long nodes, Mark at)
    {
        _nodes += nodes;
        if (_nodes > MostNodes) throw new YamlException(at, at, $"more than {MostNodes} nodes, aliases counted as what they stand for");
    }

    private SourceNode ScalarNode(SourceMark mark)
    {
        var scalar = _parser.Consume<Scalar>();
        var plain = scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty;
        return SourceNode.OfScalar(plain ? YamlScalar.Read(scalar.Value) : scalar.Value, mark);
    }

    private SourceNode Sequence(SourceMark mark, int depth)
    {
        _parser.Consume<SequenceStart>();
        var items = new List<SourceNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(Node(depth + 1));
        return SourceNode.OfItems(items, mark);
    }

    private SourceNode Mapping(SourceMark mark, int depth)
    {
        _parser.Consume<MappingStart>();
        var fields = new SourceMap();
        var merged = new List<SourceNode>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var start = _parser.Current!.Start;
            if (!_parser.TryConsume<Scalar>(out var key))
                throw new YamlException(start, start, "a key must be a single value");
            var value = Node(depth + 1);
            if (key is { Value: MergeKey, Style: ScalarStyle.Plain }) merged.Add(value);
            else Set(fields, key, value);
        }

        return SourceNode.OfFields(merged.Count == 0 ? fields : Merge(merged, fields), mark);
    }

    private void Set(SourceMap fields, Scalar key, SourceNode value)
    {
        if (fields.Has(key.Value))
        {
            _problems.Add(new(ProblemSeverity.Warning, _file, (int)key.Start.Line, (int)key.Start.Column, "",
                $"The key '{key.Value}' stands twice in this mapping; the last one counts.", "Remove one of them."));
        }

        fields.Set(key.Value, value);
    }

    // Own keys win over merged ones, earlier merged mappings over later ones.
    private static SourceMap Merge(List<SourceNode> merged, SourceMap own)
    {
        var result = new SourceMap();
        var mappings = merged.SelectMany(node => node.Kind == NodeKind.Sequence ? node.Items : [node]).Reverse();
        foreach (var (key, node) in mappings.SelectMany(mapping => mapping.Fields.Pairs)) result.Set(key, node);
        foreach (var (key, node) in own.Pairs) result.Set(key, node);
        return result;
    }

    private static string Sentence(string message) => message.EndsWith('.') ? message : message + ".";
}

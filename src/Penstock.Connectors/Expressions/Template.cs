using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Nodes;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Scopes;
using Penstock.Connectors.Expressions.Syntax;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions;

/// <summary>A template, parsed once to be rendered many times, by many threads.</summary>
public sealed class Template
{
    private const int MaximumHeight = 300;
    private const int MaximumCached = 4096;

    private static readonly ConcurrentDictionary<string, Template> Cache = new(StringComparer.Ordinal);

    private readonly Statement[] _body = [];
    private readonly ScopeEntry? _entry;
    private readonly string[] _roots = [];
    private readonly int _slots;

    private Template(string text)
    {
        Text = text;
        Error = CheckNames(text);
        if (Error is not null)
            return;
        try
        {
            var source = NormalizeNewlines(text);
            IsConstant = !source.AsSpan().Contains("{{", StringComparison.Ordinal) && !source.Contains("{%", StringComparison.Ordinal)
                && !source.Contains("{#", StringComparison.Ordinal);
            _body = StatementParser.Parse(source);
            CheckHeight(_body);
            (_entry, _roots, _slots) = Bind(_body);
        }
        catch (SyntaxException failed)
        {
            Error = TemplateError.At(text, failed.Kind, failed.Message, failed.Offset);
        }
        catch (RegexMatchTimeoutException)
        {
            Error = TemplateError.At(text, ValueErrorKind.Syntax, "the template takes too long to read", 0);
        }
        catch (ValueException failed)
        {
            Error = TemplateError.At(text, failed.Kind, failed.Message, 0);
        }
    }

    /// <summary>The template's text.</summary>
    public string Text { get; }

    /// <summary>Why the template can't be used, or null.</summary>
    public TemplateError? Error { get; }

    /// <summary>Whether it has no tags: it renders as its text.</summary>
    public bool IsConstant { get; }

    /// <summary>The names that a context must define for the template to be rendered, functions left out.</summary>
    public IEnumerable<string> RootNames => _roots.Where(r => r != SelfValue.Name && !GlobalFunctions.Contains(r));

    /// <summary>Parses a template, or finds it among those parsed before. What is wrong with it is in <see cref="Error"/>.</summary>
    public static Template Parse(string text)
    {
        if (Cache.TryGetValue(text, out var known))
            return known;
        var template = new Template(text);
        // A worker runs many manifests in its life; the cache must not keep them all.
        if (Cache.Count >= MaximumCached)
            Cache.Clear();
        return Cache.GetOrAdd(text, template);
    }

    /// <summary>The one expression that the whole template consists of, or null.</summary>
    internal Expression? Single => _body is [PrintNode print] ? print.Expression : null;

    /// <summary>What a template without tags renders: its text, with newlines as they render.</summary>
    internal string ConstantText => NormalizeNewlines(Text);

    internal IReadOnlyList<Node> Body => _body;

    internal Frame NewFrame(EvaluationContext context, in Value parameters)
    {
        var roots = _roots.Length == 0 ? [] : new Value[_roots.Length];
        for (var i = 0; i < roots.Length; i++)
        {
            if (_roots[i] == VariableNames.Parameters)
                roots[i] = parameters;
            else if (_roots[i] == SelfValue.Name)
                roots[i] = SelfValue.Instance;
            else if (!context.TryGet(_roots[i], out roots[i]) && !GlobalFunctions.TryGet(_roots[i], out roots[i]))
                throw new ValueException(ValueErrorKind.UndeclaredVariable, $"the variable '{_roots[i]}' isn't defined here");
        }

        var frame = new Frame(new Evaluation(context), roots, _slots == 0 ? [] : new Value[_slots]);
        _entry!.Run(frame);
        return frame;
    }

    internal void Run(Frame frame) => Statement.RunAll(_body, frame);

    private static (ScopeEntry Entry, string[] Roots, int Slots) Bind(Statement[] body)
    {
        var scope = new SymbolScope(new SlotAllocator());
        var binding = new Binding(scope, new RootNames(), Soft: false);
        var blocks = body.SelectMany(s => s.Descendants()).OfType<BlockNode>().ToList();
        if (blocks.Find(b => blocks.Exists(o => o != b && o.Name == b.Name)) is { } twice)
            throw new SyntaxException($"the block '{twice.Name}' is defined twice", twice.Offset);
        Array.ForEach(body, s => s.Declare(scope));
        foreach (var statement in body)
            statement.Bind(binding);
        var entry = binding.Enter();
        return (entry, [.. binding.Roots.Names], scope.Allocator.Count);
    }

    // Airbyte refuses the name wherever it stands, even in plain text.
    private static TemplateError? CheckNames(string text)
    {
        var at = text.IndexOf(VariableNames.StreamState, StringComparison.Ordinal);
        return at < 0 ? null : TemplateError.At(
            text, ValueErrorKind.UnsupportedVariable, "'stream_state' is no longer supported: use 'stream_interval'", at);
    }

    // A chain of operators or filters is a tree as deep as it is long, and trees are walked by recursion.
    private static void CheckHeight(Statement[] body)
    {
        var pending = new Stack<(Node Node, int Height)>(body.Select(s => ((Node)s, 1)));
        while (pending.TryPop(out var next))
        {
            if (next.Height > MaximumHeight)
                throw new SyntaxException($"the template nests more than {MaximumHeight} levels", next.Node.Offset);
            foreach (var child in next.Node.Children)
                pending.Push((child, next.Height + 1));
        }
    }

    private static string NormalizeNewlines(string text)
    {
        if (text.Contains('\r'))
            text = text.Replace("\r\n", "\n").Replace('\r', '\n');
        return text.EndsWith('\n') ? text[..^1] : text;
    }
}

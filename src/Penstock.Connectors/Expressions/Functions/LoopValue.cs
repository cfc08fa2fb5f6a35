using System.Text;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Functions;

/// <summary>The variable <c>loop</c>: where a loop stands. It looks one item ahead, and only if it is asked to.</summary>
internal sealed class LoopValue(IEnumerable<Value> items, long? length, int depth, Func<Value, Value>? again)
    : CallableValue, IHasProperties, IHasMethods, IDisposable
{
    private IEnumerator<Value> _items = items.GetEnumerator();
    private long? _length = length;
    private long _index = -1;
    private Value _current = Edge;
    private Value _before = Edge;
    private Value? _ahead;
    private bool _ended;
    private Value? _changed;

    private static readonly Value Edge = new UndefinedValue("there is no previous or next item");

    private static FunctionTable LoopMethods { get; } = new()
    {
        { "cycle", "self, *values", (_, a) => ((LoopValue)a[0].AsObject!).Cycle(a[1].AsTuple!) },
        { "changed", "self, *values", (_, a) => ((LoopValue)a[0].AsObject!).Changed(a[1]) },
    };

    public override string TypeName => "LoopContext";

    public override string Name => "loop";

    public FunctionTable Methods => LoopMethods;

    public Value Current => _current;

    public override long? Length => _length ??= Count();

    public bool MoveNext()
    {
        var next = Peek();
        _ahead = null;
        if (next is null)
            return false;
        _index++;
        _before = _current;
        _current = next.Value;
        return true;
    }

    public override Value Call(Evaluation evaluation, in Arguments arguments)
    {
        if (again is null)
            throw ValueException.Type("The loop must have the 'recursive' marker to be called recursively.");
        return arguments.Positional.Length == 1 && arguments.Named.Count == 0
            ? again(arguments.Positional[0])
            : throw ValueException.Type("loop() takes 1 argument");
    }

    public bool TryGetProperty(string name, out Value value)
    {
        Value? found = name switch
        {
            "index" => _index + 1,
            "index0" => _index,
            "revindex" => Length - _index,
            "revindex0" => Length - _index - 1,
            "first" => _index == 0,
            "last" => Peek() is null,
            "length" => Length,
            "depth" => depth + 1L,
            "depth0" => (long)depth,
            "previtem" => _before,
            "nextitem" => Peek() ?? Edge,
            _ => null,
        };
        value = found ?? default;
        return found is not null;
    }

    public void Dispose() => _items.Dispose();

    internal override void AppendRepr(StringBuilder target, int depth) =>
        target.Append($"<LoopContext {_index + 1}/{Length}>");

    private Value? Peek()
    {
        if (_ahead is null && !_ended)
        {
            _ended = !_items.MoveNext();
            if (!_ended)
                _ahead = _items.Current;
        }

        return _ahead;
    }

    private long Count()
    {
        var rest = new List<Value>();
        while (_items.MoveNext())
            rest.Add(_items.Current);
        _items = rest.GetEnumerator();
        return rest.Count + _index + 1 + (_ahead is null ? 0 : 1);
    }

    private Value Cycle(TupleValue values) => values.Elements.Count == 0
        ? throw ValueException.Type("no items for cycling given")
        : values.Elements[(int)(_index % values.Elements.Count)];

    private Value Changed(Value values)
    {
        var changed = _changed is not { } last || !last.Equals(values);
        _changed = values;
        return changed;
    }
}

using System.Security.Cryptography;
using System.Text;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Texts;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Filters;

/// <summary>Filters for lists and what can be walked over like them.</summary>
internal static class SequenceFilters
{
    public static FunctionTable Table { get; } = new()
    {
        { "batch", "value, linecount, fill_with=None", Batch },
        { "first", "seq", (e, a) => Iteration.Each(e, a[0]).Select(i => (Value?)i).FirstOrDefault() ?? Empty("first item") },
        { "join", "value, d='', attribute=None", Join },
        { "last", "seq", (e, a) => Reversing.Reverse(e, a[0]).Select(i => (Value?)i).FirstOrDefault() ?? Empty("last item") },
        { "random", "seq", Random },
        { "reverse", "value", Reverse },
        { "slice", "value, slices, fill_with=None", Slice },
    };

    private static UndefinedValue Empty(string what) => new($"No {what}, sequence was empty.");

    private static Value Join(Evaluation evaluation, Value[] a)
    {
        var getter = a[2].IsNone ? null : new AttributeGetter(a[2]);
        var separator = a[1].ToString();
        var result = new StringBuilder();
        var first = true;
        foreach (var item in Iteration.Each(evaluation, a[0]))
        {
            if (!first)
                result.Append(separator);
            first = false;
            ValueText.AppendText(result, getter?.Get(item) ?? item);
            evaluation.Growing(result.Length);
        }

        evaluation.Text(result.Length);
        return result.ToString();
    }

    private static Value Random(Evaluation evaluation, Value[] a)
    {
        if (a[0].AsObject is UndefinedValue undefined)
            return undefined;
        if (a[0].AsText is null && a[0].AsObject is not (ListValue or TupleValue))
            throw ValueException.Type($"'{a[0].TypeName}' object is not subscriptable");
        var items = Iteration.ToList(evaluation, a[0]).Elements;
        return items.Count == 0 ? Empty("random item") : items[RandomNumberGenerator.GetInt32(items.Count)];
    }

    private static Value Reverse(Evaluation evaluation, Value[] a)
    {
        if (a[0].AsText is { } text)
            return TextMethods.Like(a[0], string.Concat(CodePoints.Split(text).Reverse()));
        if (Reversing.CanReverse(a[0]))
            return new IteratorValue($"{a[0].TypeName}_reverseiterator", Reversing.Reverse(evaluation, a[0]));
        if (a[0].AsObject?.Items is null)
            throw ValueException.Bad("argument must be iterable");
        var list = Iteration.ToList(evaluation, a[0]);
        list.Elements.Reverse();
        return list;
    }

    private static Value Batch(Evaluation evaluation, Value[] a)
    {
        var (source, fill) = (a[0], a[2]);
        var size = a[1];
        return new IteratorValue("generator", Lines());

        IEnumerable<Value> Lines()
        {
            var line = new ListValue();
            foreach (var item in Iteration.Each(evaluation, source))
            {
                if (Value.Of((long)line.Elements.Count).Equals(size))
                {
                    yield return line;
                    line = new ListValue();
                }

                line.Elements.Add(item);
            }

            if (line.Elements.Count == 0)
                yield break;
            var missing = fill.IsNone ? 0 : Math.Max(0, Integers.ToIndex(size) - line.Elements.Count);
            evaluation.Steps(missing);
            line.Elements.AddRange(Enumerable.Repeat(fill, (int)missing));
            yield return line;
        }
    }

    private static Value Slice(Evaluation evaluation, Value[] a)
    {
        var (source, count, fill) = (a[0], a[1], a[2]);
        return new IteratorValue("generator", Columns());

        IEnumerable<Value> Columns()
        {
            var items = Iteration.ToList(evaluation, source).Elements;
            var slices = Integers.ToIndex(count);
            if (slices == 0)
                throw new ValueException(ValueErrorKind.ZeroDivision, "division by zero");
            var start = 0;
            for (var i = 0; i < slices; i++)
            {
                evaluation.Step();
                var isLonger = i < items.Count % slices;
                var size = (int)(items.Count / slices) + (isLonger ? 1 : 0);
                var column = new ListValue(items.GetRange(start, size));
                if (!fill.IsNone && !isLonger)
                    column.Elements.Add(fill);
                start += size;
                yield return column;
            }
        }
    }
}

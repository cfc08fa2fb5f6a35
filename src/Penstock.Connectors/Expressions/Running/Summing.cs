using Penstock.Connectors.Expressions.Filters;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Running;

/// <summary>Python's <c>sum</c>. Since 3.12 it keeps the digits that adding floats loses (Neumaier).</summary>
internal static class Summing
{
    public static Value Sum(Evaluation evaluation, in Value items, AttributeGetter? getter, in Value start)
    {
        if (start.AsText is not null)
            throw ValueException.Type("sum() can't sum strings [use ''.join(seq) instead]");
        var total = start;
        var lost = 0.0;
        foreach (var item in Iteration.Each(evaluation, items))
        {
            var value = getter?.Get(item) ?? item;
            if (total.TryGetFloat(out var sum) && value.TryGetFloat(out var more))
            {
                var next = sum + more;
                lost += Math.Abs(sum) >= Math.Abs(more) ? (sum - next) + more : (more - next) + sum;
                total = next;
            }
            else
            {
                if (!Numbers.IsNumber(value) && lost != 0)
                    (total, lost) = (Compensated(total, lost), 0);
                total = Arithmetic.Apply(evaluation, BinaryOperator.Add, total, value);
            }
        }

        return Compensated(total, lost);
    }

    private static Value Compensated(in Value total, double lost) =>
        lost != 0 && double.IsFinite(lost) && total.TryGetFloat(out var sum) ? sum + lost : total;
}

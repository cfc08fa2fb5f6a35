using System.Text;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Texts;

/// <summary><c>separator.join(items)</c>: the items must be texts.</summary>
internal static class TextJoining
{
    public static Value Join(Evaluation evaluation, in Value separator, in Value items)
    {
        var isMarkup = separator.AsObject is MarkupValue;
        var result = new StringBuilder();
        var index = 0;
        foreach (var item in Iteration.Each(evaluation, items))
        {
            if (index > 0)
                result.Append(separator.AsText);
            if (isMarkup)
                result.Append(Html.Escape(item));
            else
                result.Append(item.AsText ?? throw ValueException.Type($"sequence item {index}: expected str instance, {item.TypeName} found"));
            evaluation.Growing(result.Length);
            index++;
        }

        evaluation.Text(result.Length);
        return isMarkup ? new MarkupValue(result.ToString()) : result.ToString();
    }
}

using System.Text;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Functions;

/// <summary>A tuple whose elements have names too.</summary>
internal sealed class NamedTupleValue(string typeName, string[] names, params Value[] elements) : TupleValue(elements), IHasProperties
{
    public override string TypeName => typeName;

    public bool TryGetProperty(string name, out Value value)
    {
        var index = Array.IndexOf(names, name);
        value = index < 0 ? default : Elements[index];
        return index >= 0;
    }

    internal override void AppendRepr(StringBuilder target, int depth)
    {
        // Jinja's groups print as plain tuples.
        if (typeName == "tuple")
        {
            base.AppendRepr(target, depth);
            return;
        }

        target.Append(typeName).Append('(');
        for (var i = 0; i < names.Length; i++)
        {
            target.Append(i == 0 ? "" : ", ").Append(names[i]).Append('=');
            ValueText.AppendRepr(target, Elements[i], depth + 1);
        }

        target.Append(')');
    }
}

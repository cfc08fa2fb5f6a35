using System.Text;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Functions;

/// <summary>What <c>namespace(a=1)</c> makes: attributes that can be set from inside of loops.</summary>
internal sealed class NamespaceValue : ObjectValue, IHasProperties
{
    public Dictionary<string, Value> Attributes { get; } = new(StringComparer.Ordinal);

    public override string TypeName => "Namespace";

    public override bool IsTruthy => true;

    public bool TryGetProperty(string name, out Value value) => Attributes.TryGetValue(name, out value);

    internal override void AppendRepr(StringBuilder target, int depth)
    {
        var dict = new DictValue(Attributes.Select(a => new KeyValuePair<Value, Value>(a.Key, a.Value)));
        target.Append("<Namespace ");
        ValueText.AppendDict(target, dict.Entries, depth);
        target.Append('>');
    }
}

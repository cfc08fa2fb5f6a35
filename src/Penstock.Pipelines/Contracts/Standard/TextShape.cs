using System.Text.RegularExpressions;
using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Contracts.Standard;

/// <summary>A text, of a fixed choice or of a form if there is one.</summary>
internal sealed class TextShape : Shape
{
    private string[] _choice = [];
    private Func<string, bool>? _keeps;
    private string _form = "";

    public override string Kind => "a text";

    public static TextShape OneOf(params string[] choice) => new() { _choice = choice };

    public static TextShape Of(string form, Func<string, bool> keeps) => new() { _form = form, _keeps = keeps };

    public static TextShape Like(string form, Regex pattern) => Of(form, pattern.IsMatch);

    public override bool IsKind(YamlNode node) => node is YamlScalar { IsNull: false, Boolean: null } scalar && !scalar.TryNumber(out _);

    protected override string Advice(YamlNode node) =>
        node is YamlScalar { IsNull: false } scalar ? $"Quote it: \"{scalar.Text}\"." : "Write a text, or remove the field.";

    protected override void CheckInside(YamlNode node, string path, Problems problems)
    {
        string text = ((YamlScalar)node).Text;
        if (_choice.Length > 0 && !_choice.Contains(text))
            problems.Add(node.Line, path, $"'{text}' isn't one of the values that the standard knows.", Nearest.Advice(text, _choice));
        if (_keeps?.Invoke(text) == false)
            problems.Add(node.Line, path, $"'{text}' isn't {_form}.", $"Write {_form}.");
    }
}

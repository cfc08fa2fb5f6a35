using System.Text;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Running;

/// <summary>The state of one rendering: its variables, what it has written, and how far its limits are used.</summary>
internal sealed class Frame(Evaluation evaluation, Value[] roots, Value[] slots)
{
    private StringBuilder? _output;

    public Evaluation Evaluation { get; } = evaluation;

    /// <summary>The names that the template takes from its context, in the order of its root names.</summary>
    public Value[] Roots { get; } = roots;

    /// <summary>The variables of all scopes.</summary>
    public Value[] Slots { get; } = slots;

    /// <summary>Where output goes at present: the template's text, or what a macro or a block captures.</summary>
    public StringBuilder Output => _output ??= new StringBuilder();

    /// <summary>Whether printed values are escaped for HTML (<c>{% autoescape %}</c>).</summary>
    public bool Escapes { get; set; }

    /// <summary>Where the part of the template begins that is being evaluated.</summary>
    public int Offset { get; set; }

    public void Write(string text)
    {
        Evaluation.Growing(Output.Length + (long)text.Length);
        Evaluation.Steps(text.Length >> 3);
        Output.Append(text);
    }

    /// <summary>Runs something and gives what it wrote.</summary>
    public string Capture<T>(T argument, Action<Frame, T> write)
    {
        var outer = _output;
        _output = null;
        try
        {
            write(this, argument);
            return _output?.ToString() ?? string.Empty;
        }
        finally
        {
            _output = outer;
        }
    }
}

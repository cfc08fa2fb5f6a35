using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions;

/// <summary>Why a template can't be used.</summary>
/// <param name="Kind">Syntax, an unknown filter or test, or an unsupported variable.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Offset">Where, in UTF-16 units from the template's beginning.</param>
/// <param name="Line">Where, the line from 1.</param>
/// <param name="Column">Where, the column from 1.</param>
public sealed record TemplateError(ValueErrorKind Kind, string Message, int Offset, int Line, int Column)
{
    internal static TemplateError At(string text, ValueErrorKind kind, string message, int offset)
    {
        var before = text.AsSpan(0, Math.Min(offset, text.Length));
        return new TemplateError(kind, message, offset, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }
}

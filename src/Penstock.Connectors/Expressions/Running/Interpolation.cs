using System.Text.RegularExpressions;
using Penstock.Connectors.Expressions.Literals;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Running;

/// <summary>
/// Airbyte's rules around a template: what it renders is read as a Python literal; a type error gives the template's own text;
/// an empty text or an undefined path gives the default.
/// </summary>
internal static class Interpolation
{
    /// <summary>Evaluates a template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="fallback">The default, a template too; null for none.</param>
    /// <param name="types">The types that the result may have.</param>
    /// <param name="context">The variables.</param>
    /// <param name="parameters">The component's parameters.</param>
    /// <exception cref="ExpressionException">The template, or its default, failed.</exception>
    public static Value Evaluate(Template template, Template? fallback, ValidTypes types, EvaluationContext context, in Value parameters)
    {
        if (TryRender(template, types, context, parameters, isDefault: false, out var result))
            return result;
        if (fallback is null)
            return Value.None;
        TryRender(fallback, types, context, parameters, isDefault: true, out result);
        return result;
    }

    /// <summary>The result of a template without tags.</summary>
    public static Value ReadConstant(Template template, ValidTypes types)
    {
        TryRead(template.ConstantText, types, isDefault: true, out var result);
        return PlainValues.Copy(result);
    }

    private static bool TryRender(
        Template template, ValidTypes types, EvaluationContext context, in Value parameters, bool isDefault, out Value result)
    {
        if (template.Error is { } error)
            throw new ExpressionException(template.Text, error.Kind, error.Message, error.Offset);
        Frame? frame = null;
        try
        {
            frame = template.NewFrame(context, parameters);
            if (template.Single is { } expression)
                return TryRetype(expression.Evaluate(frame), types, isDefault, out result);
            template.Run(frame);
            return TryRead(frame.Output.ToString(), types, isDefault, out result);
        }
        catch (ValueException failed) when (failed.Kind == ValueErrorKind.Type)
        {
            return TryRead(template.Text, types, isDefault, out result);
        }
        catch (ValueException failed) when (failed.Kind == ValueErrorKind.Undefined && !isDefault)
        {
            result = default;
            return false;
        }
        catch (ValueException failed)
        {
            throw new ExpressionException(template.Text, failed.Kind, failed.Message, frame?.Offset ?? 0, failed);
        }
        catch (RegexMatchTimeoutException failed)
        {
            throw new ExpressionException(template.Text, ValueErrorKind.Regex, "a filter took too long over a text", frame?.Offset ?? 0, failed);
        }
        catch (InsufficientExecutionStackException failed)
        {
            throw new ExpressionException(template.Text, ValueErrorKind.Recursion, "a value is nested too deeply", frame?.Offset ?? 0, failed);
        }
    }

    // Printing a plain value and reading it back gives the same value, so both can be left out.
    private static bool TryRetype(in Value value, ValidTypes types, bool isDefault, out Value result)
    {
        if (PlainValues.IsPlain(value) && types.Allow(value))
        {
            result = PlainValues.Copy(value);
            return true;
        }

        return TryRead(value.ToString(), types, isDefault, out result);
    }

    private static bool TryRead(string text, ValidTypes types, bool isDefault, out Value result)
    {
        if (text.Length == 0 && !isDefault)
        {
            result = default;
            return false;
        }

        result = LiteralReader.TryRead(text, out var literal) && types.Allow(literal) ? literal : text;
        return true;
    }
}

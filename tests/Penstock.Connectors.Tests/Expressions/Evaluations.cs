using Penstock.Connectors.Expressions;
using Penstock.Connectors.Tests.Values;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Tests.Expressions;

/// <summary>Short ways to evaluate a template with a context written as JSON, at 2025-06-15T12:00:00Z.</summary>
internal static class Evaluations
{
    public static EvaluationContext Context(string variables = "{}", EvaluationLimits? limits = null)
    {
        var given = Json.Value(variables).AsDict!;
        var context = new EvaluationContext(given.Find("config"), new Noon(), limits);
        foreach (var (name, value) in given.Entries)
        {
            if (name.AsText is not ("config" or "parameters"))
                context.Set(name.ToString(), value);
        }

        return context;
    }

    /// <summary>The result of a single interpolated text, as Python prints it inside a list; an error as its kind with a !.</summary>
    public static string Result(string template, string variables = "{}", EvaluationLimits? limits = null) =>
        Result(template, Context(variables, limits), Json.Value(variables).AsDict!.Find("parameters"));

    /// <summary>The result in a context.</summary>
    public static string Result(string template, EvaluationContext context, Value parameters = default)
    {
        try
        {
            return new InterpolatedString(template, parameters).Evaluate(context).ToRepr();
        }
        catch (ExpressionException failed)
        {
            return "!" + failed.Kind;
        }
    }

    /// <summary>The result inside of a mapping, where nothing and undefined paths give none.</summary>
    public static string InMapping(string template, string variables = "{}", ValidTypes types = ValidTypes.Any)
    {
        var mapping = new InterpolatedMapping(new DictValue([new("key", template)]), types: types);
        return mapping.Evaluate(Context(variables))["key"].ToRepr();
    }

    public static bool Holds(string condition, string variables = "{}") => new InterpolatedBoolean(condition).Evaluate(Context(variables));

    private sealed class Noon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2025, 6, 15, 12, 0, 0, TimeSpan.Zero);
    }
}

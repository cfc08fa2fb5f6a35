using System.CommandLine.Parsing;

namespace Penstock.Cli.CommandLine;

/// <summary>Parsers of option values that say what they expected.</summary>
internal static class Parsed
{
    /// <summary>Every token one value; a token that is none becomes an error that names the forms.</summary>
    public static Func<ArgumentResult, IReadOnlyList<T>> List<T>(Func<string, T?> read, string what, string forms) where T : class => result =>
    {
        var values = new List<T>();
        foreach (Token token in result.Tokens)
        {
            if (read(token.Value) is { } value)
                values.Add(value);
            else
                result.AddError($"'{token.Value}' isn't {what}. Write {forms}.");
        }

        return values;
    };

    /// <summary>One value; a token that is none becomes an error that names the forms.</summary>
    public static Func<ArgumentResult, T?> One<T>(Func<string, T?> read, string what, string forms) => result =>
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        T? value = read(text);
        if (value is null)
            result.AddError($"'{text}' isn't {what}. Write {forms}.");
        return value;
    };
}

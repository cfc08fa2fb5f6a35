namespace Penstock.Connectors.Expressions.Syntax;

/// <summary>The operator symbols, longest first.</summary>
internal static class Operators
{
    private static readonly string[] Symbols =
    [
        "//", "**", "==", "!=", ">=", "<=",
        "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<", "=", ".", ":", "|", ",", ";",
    ];

    public static string? Read(string source, int position)
    {
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(source, position, symbol, 0, symbol.Length) == 0)
                return symbol;
        }

        return null;
    }
}

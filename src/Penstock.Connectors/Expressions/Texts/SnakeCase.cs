using System.Text;

namespace Penstock.Connectors.Expressions.Texts;

/// <summary><c>CamelCase</c> to <c>camel_case</c>: an underscore before each A to Z but the first character.</summary>
internal static class SnakeCase
{
    public static string FromCamelCase(string text)
    {
        var result = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(text[i]))
                result.Append('_');
            result.Append(text[i]);
        }

        return TextCasing.Lower(result.ToString());
    }
}

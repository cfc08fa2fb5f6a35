namespace Penstock.Pipelines.Masking;

/// <summary>
/// Hides the digits of what is nothing but a phone's or a card's number, in place of <see cref="PartialText"/> and as it does: the
/// texts that are masked so most often, without a string.
/// </summary>
internal static class PartialDigits
{
    /// <summary>The most bytes of a text that is looked at.</summary>
    public const int MostBytes = 32;

    private const int LastDigits = 4;

    /// <summary>Writes the text without its first digits; gives its length, or 0 if it is another kind of text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kind">What kind the rule says.</param>
    /// <param name="hidden">Takes <see cref="MostBytes"/>.</param>
    public static int Write(ReadOnlySpan<byte> text, PartialKind kind, Span<byte> hidden)
    {
        int least = kind switch { PartialKind.Auto or PartialKind.Phone => (2 * LastDigits) - 1, PartialKind.Card => 12, _ => int.MaxValue };
        if (text.Length < least || text.Length > MostBytes)
            return 0;
        int digits = 0;
        foreach (byte c in text)
        {
            if (c is >= (byte)'0' and <= (byte)'9')
                digits++;
            else if (c is not ((byte)' ' or (byte)'+' or (byte)'-' or (byte)'(' or (byte)')' or (byte)'/' or (byte)'.'))
                return 0;
        }

        if (digits < least)
            return 0;
        int seen = 0;
        for (int i = 0; i < text.Length; i++)
        {
            bool isDigit = text[i] is >= (byte)'0' and <= (byte)'9';
            seen += isDigit ? 1 : 0;
            hidden[i] = isDigit && seen <= digits - LastDigits ? (byte)'*' : text[i];
        }

        return text.Length;
    }
}

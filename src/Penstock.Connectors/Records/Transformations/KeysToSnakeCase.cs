using System.Text;
using System.Text.RegularExpressions;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records.Transformations;

/// <summary><c>KeysToSnakeCase</c>: keys in snake_case, in nested objects too (not inside lists).</summary>
internal sealed partial class KeysToSnakeCase : ITransformation
{
    public void Apply(DictValue record, EvaluationContext variables) => Rename(record);

    private static void Rename(DictValue dict)
    {
        foreach (var (key, value) in dict.Entries.ToList())
        {
            if (value.AsDict is { } nested)
            {
                Rename(nested);
            }

            dict.Entries.Remove(key);
            dict[ToSnakeCase(key.ToString())] = value;
        }
    }

    internal static string ToSnakeCase(string key)
    {
        // Anything that is neither letter nor digit separates; it is an empty token of its own at either end.
        var tokens = Token().Matches(Latin.ToAscii(key)).Select(match => match.Groups["none"].Success ? "" : match.Value).ToList();
        if (tokens.Count >= 3)
        {
            tokens = [tokens[0], .. tokens[1..^1].Where(token => token.Length > 0), tokens[^1]];
        }

        if (tokens.Count > 0 && tokens[0].Length > 0 && tokens[0].All(char.IsAsciiDigit))
        {
            tokens.Insert(0, "");
        }

        return string.Join('_', tokens).ToLowerInvariant();
    }

    [GeneratedRegex("[A-Z]+[a-z]*|[a-z]+|[0-9]+|(?<none>[^a-zA-Z0-9]+)", RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex Token();
}

/// <summary>Latin letters without their marks; other scripts have no short transliteration and separate words.</summary>
internal static class Latin
{
    private const string From = "ÀÁÂÃÄÅĀĂĄÇĆĈĊČĎĐÈÉÊËĒĔĖĘĚĜĞĠĢĤĦÌÍÎÏĨĪĬĮİĴĶĹĻĽĿŁÑŃŅŇÒÓÔÕÖØŌŎŐŔŖŘŚŜŞŠŢŤŦÙÚÛÜŨŪŬŮŰŲŴÝŶŸŹŻŽàáâãäåāăąçćĉċčďđèéêëēĕėęěĝğġģĥħìíîïĩīĭįıĵķĺļľŀłñńņňòóôõöøōŏőŕŗřśŝşšţťŧùúûüũūŭůűųŵýÿŷźżž";
    private const string To = "AAAAAAAAACCCCCDDEEEEEEEEEGGGGHHIIIIIIIIIJKLLLLLNNNNOOOOOOOOORRRSSSSTTTUUUUUUUUUUWYYYZZZaaaaaaaaacccccddeeeeeeeeegggghhiiiiiiiiijklllllnnnnooooooooorrrsssstttuuuuuuuuuuwyyyzzz";

    public static string ToAscii(string text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return text;
        }

        var ascii = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            ascii.Append(c switch
            {
                'ß' => "ss",
                'Æ' => "AE",
                'æ' => "ae",
                'Œ' => "OE",
                'œ' => "oe",
                'Þ' => "TH",
                'þ' => "th",
                'Ð' => "D",
                'ð' => "d",
                _ => From.IndexOf(c) is var at and >= 0 ? To[at].ToString() : c.ToString(),
            });
        }

        return ascii.ToString();
    }
}

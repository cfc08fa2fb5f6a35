using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Penstock.Cli.CommandLine;

namespace Penstock.Cli.Operating;

/// <summary>What an option's value becomes in a request.</summary>
internal enum ApiFieldKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>An array of texts: the option may be repeated.</summary>
    Texts,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>True if the option is there.</summary>
    Flag,

    /// <summary>The JSON in the file that the option names.</summary>
    File,
}

/// <summary>An option that becomes a member of the body, or a parameter of the query.</summary>
/// <param name="Member">The member's or the parameter's name, camelCase; the option's is the same in kebab-case.</param>
/// <param name="Description">What it means.</param>
/// <param name="Kind">What its value becomes.</param>
internal sealed record ApiField(string Member, string Description, ApiFieldKind Kind = ApiFieldKind.Text)
{
    /// <summary>Whether the option must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The option's name if it isn't the member's.</summary>
    public string? Name { get; init; }

    /// <summary>Whether the file is the whole body.</summary>
    public bool IsBody { get; init; }

    /// <summary>Makes the option.</summary>
    public Option Option() => Kind switch
    {
        ApiFieldKind.Texts => new Option<string[]>(OptionName) { Description = Description, Required = IsRequired, HelpName = HelpName },
        ApiFieldKind.Number => new Option<int?>(OptionName) { Description = Description, Required = IsRequired, HelpName = "N" },
        ApiFieldKind.Flag => new Option<bool>(OptionName) { Description = Description },
        _ => new Option<string?>(OptionName) { Description = Description, Required = IsRequired, HelpName = HelpName },
    };

    /// <summary>The option's value as it goes into the request; null if it wasn't given.</summary>
    /// <exception cref="InvalidDataException">A file can't be read, or isn't JSON.</exception>
    public JsonNode? Value(ParseResult parsed, Surroundings surroundings) => Kind switch
    {
        ApiFieldKind.Texts => parsed.GetValue<string[]>(OptionName) is { Length: > 0 } texts ? new JsonArray([.. texts.Select(text => (JsonNode)text)]) : null,
        ApiFieldKind.Number => parsed.GetValue<int?>(OptionName) is { } number ? JsonValue.Create(number) : null,
        ApiFieldKind.Flag => parsed.GetValue<bool>(OptionName) ? JsonValue.Create(true) : null,
        ApiFieldKind.File => parsed.GetValue<string?>(OptionName) is { } file ? Read(surroundings.FullPath(file)) : null,
        _ => parsed.GetValue<string?>(OptionName) is { } text ? JsonValue.Create(text) : null,
    };

    private string OptionName => "--" + (Name ?? string.Concat(Member.Select(c => char.IsUpper(c) ? $"-{char.ToLower(c, CultureInfo.InvariantCulture)}" : $"{c}")));

    private string HelpName => Kind == ApiFieldKind.File ? "FILE" : OptionName[2..].ToUpperInvariant();

    private static JsonNode? Read(string file)
    {
        try
        {
            return JsonNode.Parse(System.IO.File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"'{file}' can't be read: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{file}' isn't JSON: {e.Message}", e);
        }
    }
}

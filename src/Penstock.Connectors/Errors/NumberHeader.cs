using System.Globalization;
using System.Text.RegularExpressions;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Errors;

/// <summary>A number read from a header, perhaps from the part of it that a regular expression matches at its beginning.</summary>
internal sealed class NumberHeader(ManifestNode node, EvaluationContext config)
{
    private readonly InterpolatedString _name = node.RequiredTemplate("header");
    private readonly InterpolatedString? _pattern = node.Template("regex");

    public double? Read(AnswerHeaders? headers)
    {
        if (headers?.Find(_name.EvaluateText(config)) is not { Length: > 0 } text)
        {
            return null;
        }

        if (_pattern?.EvaluateText(config) is { Length: > 0 } pattern
            && Regex.Match(text, $@"\A(?:{pattern})", RegexOptions.CultureInvariant, MatchTime.Longest) is { Success: true } match)
        {
            text = match.Value;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
    }
}

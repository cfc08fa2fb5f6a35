using System.Text;
using System.Text.RegularExpressions;
using Penstock.Connectors.Values;
using Penstock.Pipelines.Contracts.Values;

namespace Penstock.Pipelines.Contracts.Standard;

/// <summary>Shapes that occur in many places of the standard.</summary>
internal static partial class Common
{
    public static readonly Shape Text = new TextShape();
    public static readonly Shape Boolean = new BooleanShape();
    public static readonly Shape Whole = new NumberShape(whole: true);
    public static readonly Shape Count = new NumberShape(whole: true, least: 0);
    public static readonly Shape Number = new NumberShape();
    public static readonly Shape Any = new AnyShape();
    public static readonly Shape Texts = new ListShape(Text);
    public static readonly Shape StableId = TextShape.Like("an id of letters, digits, '_' and '-'", Id());
    public static readonly Shape Uri = TextShape.Of("an absolute URI", IsUri);
    public static readonly Shape Date = TextShape.Of("a date, for example 2026-01-31", text => IsoText.IsDate(Encoding.UTF8.GetBytes(text)));
    public static readonly Shape Instant = TextShape.Of(
        "an instant with an offset, for example 2026-01-31T09:30:00Z", text => IsoText.IsTimestamp(Encoding.UTF8.GetBytes(text)));

    public static readonly Shape CustomProperties = new ListShape(
        new MapShape().With("id", StableId).With(Text, "property", "description").With("value", Any).Requires("property", "value"));

    public static readonly Shape AuthoritativeDefinitions = new ListShape(
        new MapShape().With("id", StableId).With(Text, "url", "type", "description").Requires("url", "type"));

    public static readonly Shape Role = new MapShape()
        .With("id", StableId)
        .With(Text, "role", "description", "access", "firstLevelApprovers", "secondLevelApprovers")
        .With("customProperties", CustomProperties)
        .Requires("role");

    public static bool IsUri(string text) => UriText().IsMatch(text);

    [GeneratedRegex("^[A-Za-z0-9_-]+$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex Id();

    // RFC 3986: a scheme, then what a URI may hold.
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:(//[^/?#\s<>""{}|\\^`]*)?([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*(\?([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?(#([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex UriText();
}

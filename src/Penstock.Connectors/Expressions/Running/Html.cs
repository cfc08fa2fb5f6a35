using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Running;

/// <summary>Escaping for HTML, as markupsafe does it.</summary>
internal static class Html
{
    /// <summary>The value's text, escaped unless it is markup.</summary>
    public static string Escape(in Value value) => value.AsObject is MarkupValue markup ? markup.Text : Escape(value.ToString());

    public static string Escape(string text) => text.AsSpan().ContainsAny("&<>'\"")
        ? text.Replace("&", "&amp;").Replace(">", "&gt;").Replace("<", "&lt;").Replace("'", "&#39;").Replace("\"", "&#34;")
        : text;
}

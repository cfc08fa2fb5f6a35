using System.Globalization;
using System.Net;
using System.Text;
using Penstock.Testing.Budgets;

namespace Penstock.Benchmarks.Budget;

/// <summary>Draws how much of the quota each window used, a small chart for each case.</summary>
internal static class BudgetPlot
{
    private const int Windows = 14;
    private const int Columns = 3;
    private const int CellWidth = 300;
    private const int CellHeight = 150;
    private const int Left = 40;
    private const int Top = 34;
    private const int Width = CellWidth - Left - 16;
    private const int Height = CellHeight - Top - 26;
    private static readonly string[] Colours = ["#8da0cb", "#e08214", "#1b7837"];

    /// <summary>The plot as SVG.</summary>
    public static string Draw(IReadOnlyList<(BudgetCase Case, TrialResult Result)> results)
    {
        var cases = results.GroupBy(result => result.Case).ToList();
        int rows = (cases.Count + Columns - 1) / Columns;
        var svg = new StringBuilder();
        Line(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Columns * CellWidth} {(rows * CellHeight) + 40}\" font-family=\"sans-serif\" font-size=\"11\">");
        Line(svg, $"<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        Line(svg, $"<text x=\"8\" y=\"16\" font-size=\"13\" fill=\"#222\">Use of the quota in each of the first {Windows} windows; crosses are refused calls</text>");
        for (int i = 0; i < Colours.Length; i++)
            Line(svg, $"<text x=\"{(Columns * CellWidth) - 230 + (i * 75)}\" y=\"16\" fill=\"{Colours[i]}\">{new[] { 1, 8, 64 }[i]} {(i == 0 ? "worker" : "workers")}</text>");
        for (int i = 0; i < cases.Count; i++)
            Cell(svg, cases[i].Key, [.. cases[i].Select(result => result.Result)], i % Columns * CellWidth, (i / Columns * CellHeight) + 24);
        Line(svg, $"</svg>");
        return svg.ToString();
    }

    private static void Cell(StringBuilder svg, BudgetCase one, IReadOnlyList<TrialResult> results, int x, int y)
    {
        Line(svg, $"<g transform=\"translate({x + Left} {y + Top})\">");
        Line(svg, $"<text x=\"-32\" y=\"-14\" font-weight=\"bold\" fill=\"#222\">{WebUtility.HtmlEncode(one.Name)}</text>");
        foreach (double share in (double[])[0, 0.5, 1])
        {
            Line(svg, $"<line x1=\"0\" x2=\"{Width}\" y1=\"{Y(share):0.#}\" y2=\"{Y(share):0.#}\" stroke=\"#ddd\"/>");
            Line(svg, $"<text x=\"-6\" y=\"{Y(share) + 4:0.#}\" text-anchor=\"end\" fill=\"#666\">{share:0 %}</text>");
        }

        double floor = one.IsDeclared ? 0.95 : 0.85;
        Line(svg, $"<line x1=\"0\" x2=\"{Width}\" y1=\"{Y(floor):0.#}\" y2=\"{Y(floor):0.#}\" stroke=\"#c33\" stroke-dasharray=\"3 3\"/>");
        for (int i = 0; i < results.Count; i++)
            Curve(svg, results[i], Colours[i % Colours.Length]);
        Line(svg, $"</g>");
    }

    private static void Curve(StringBuilder svg, TrialResult result, string colour)
    {
        IReadOnlyList<double> use = [.. result.UseByWindow().Take(Windows)];
        string points = string.Join(' ', use.Select((share, i) => string.Create(CultureInfo.InvariantCulture, $"{X(i + 0.5):0.#},{Y(Math.Min(share, 1.05)):0.#}")));
        Line(svg, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.6\"/>");
        foreach (int window in result.Calls.Where(call => !call.IsAccepted).Select(call => (int)((call.At - result.Start) / result.Trial.Window)).Where(window => window < Windows).Distinct())
            Line(svg, $"<text x=\"{X(window + 0.5):0.#}\" y=\"{Height + 4}\" text-anchor=\"middle\" fill=\"{colour}\">×</text>");
    }

    private static double X(double window) => window * Width / Windows;

    private static double Y(double share) => Height - (share / 1.1 * Height);

    private static void Line(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}

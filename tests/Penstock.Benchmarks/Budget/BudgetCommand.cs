using System.CommandLine;
using System.Globalization;
using Penstock.Testing.Budgets;

namespace Penstock.Benchmarks.Budget;

/// <summary><c>budget</c>: how much of a quota workers use together, and how many calls are refused, in virtual time.</summary>
internal sealed class BudgetCommand : Command
{
    private static readonly int[] Workers = [1, 8, 64];
    private readonly Option<string?> _svg = new("--svg") { Description = "Write a plot to this file.", HelpName = "FILE" };
    private readonly Option<string?> _only = new("--only") { Description = "Only cases whose name has this text.", HelpName = "TEXT" };

    public BudgetCommand()
        : base("budget", "Eager workers share a budget over one blob, against a source that meters them: use of the quota over any ten windows, and refusals. Virtual time.")
    {
        Add(_svg);
        Add(_only);
        SetAction(parsed => Run(parsed.GetValue(_only) ?? "", parsed.GetValue(_svg)));
    }

    private static int Run(string only, string? svg)
    {
        bool isKept = true;
        var plotted = new List<(BudgetCase Case, TrialResult Result)>();
        Console.WriteLine($"| {"limit, and how it is known",-46} | {"workers",7} | {"calls",7} | {"least use",9} | {"429s",5} | {"of them later",13} | {"store calls",11} |");
        Console.WriteLine($"|{new string('-', 48)}|--------:|--------:|----------:|------:|--------------:|------------:|");
        foreach (BudgetCase one in BudgetCase.All.Where(one => one.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            foreach (int workers in Workers)
            {
                TrialResult result = one.With(workers).Run();
                (double use, double refused) = (result.LeastUse(one.WarmUp), result.RefusedShare(one.WarmUp));
                isKept &= one.IsDeclared ? use >= 0.95 && result.Refused == 0 : use >= 0.85 && refused <= 0.005;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {one.Name,-46} | {workers,7} | {result.Accepted,7:N0} | {use,9:P1} | {result.Refused,5} | {refused,13:P2} | {(double)result.Exchanges / 2 / result.Calls.Count,11:0.00} |"));
                plotted.Add((one, result));
            }
        }

        if (svg is not null)
            File.WriteAllText(svg, BudgetPlot.Draw(plotted));
        Console.WriteLine(isKept
            ? "Declared: 95 % and more of any ten windows used, none refused. Learnt: 85 % and more, at most 0.5 % refused after the first two windows."
            : "Some of them don't reach what was promised: 95 % and none refused where declared, 85 % and 0.5 % where learnt.");
        return isKept ? 0 : 1;
    }
}

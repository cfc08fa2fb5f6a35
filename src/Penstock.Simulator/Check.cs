using System.Runtime.CompilerServices;

namespace Penstock.Simulator;

/// <summary>The wording of what is wrong with an option.</summary>
internal static class Check
{
    public static void That(bool valid, string name, object? value, string allowed)
    {
        if (!valid) throw new ArgumentException($"{name} is {value ?? "null"}; it must be {allowed}.", name);
    }

    public static void NoTwins(IEnumerable<string> names, string what)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!seen.Add(name)) throw new ArgumentException($"Two have the same {what}, \"{name}\"; give each its own.", nameof(names));
        }
    }

    public static void Positive(TimeSpan value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        That(value > TimeSpan.Zero, name, value, "more than zero");

    public static void Positive(long value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        That(value > 0, name, value, "more than zero");
}

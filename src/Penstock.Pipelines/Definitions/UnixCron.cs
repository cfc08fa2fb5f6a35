namespace Penstock.Pipelines.Definitions;

/// <summary>Checks the five fields of a Unix cron expression. Quartz alone lets some through that mean nothing, such as minute 99 or a step of 0.</summary>
internal static class UnixCron
{
    private static readonly (string Name, int Least, int Most, string[] Names)[] Fields =
    [
        ("minute", 0, 59, []),
        ("hour", 0, 23, []),
        ("day", 1, 31, []),
        ("month", 1, 12, ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]),
        ("weekday", 0, 7, ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]),
    ];

    /// <summary>Says what is wrong, or null if nothing is.</summary>
    /// <param name="fields">Minute, hour, day, month and weekday: each <c>*</c>, a value, a range or a list, with steps.</param>
    public static string? Problem(string[] fields)
    {
        for (int i = 0; i < Fields.Length; i++)
        {
            foreach (string part in fields[i].Split(','))
            {
                if (!IsPart(part, i))
                    return $"the {Fields[i].Name} '{part}' isn't *, a value from {Fields[i].Least} to {Fields[i].Most}, a range or a step";
            }
        }

        return fields[2] != "*" && fields[4] != "*" ? "the day and the weekday can't both be given" : null;
    }

    private static bool IsPart(string part, int field)
    {
        string[] step = part.Split('/');
        if (step.Length > 2 || (step.Length == 2 && (!int.TryParse(step[1], out int every) || every < 1 || every > Fields[field].Most)))
            return false;
        if (step[0] == "*")
            return true;
        int?[] range = [.. step[0].Split('-').Select(value => Value(value, field))];
        return range.Length switch
        {
            1 => range[0] is not null,
            2 => range[0] <= range[1],
            _ => false,
        };
    }

    private static int? Value(string text, int field)
    {
        (_, int least, int most, string[] names) = Fields[field];
        int name = Array.IndexOf(names, text.ToUpperInvariant());
        if (name >= 0)
            return name + least;
        return text.Length <= 2 && text.All(char.IsAsciiDigit) && int.TryParse(text, out int value) && value >= least && value <= most ? value : null;
    }
}

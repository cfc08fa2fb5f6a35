using Quartz;

namespace Penstock.Pipelines.Definitions;

/// <summary>When a pipeline is due: at fixed intervals since the epoch, or by a cron expression.</summary>
public abstract record Schedule
{
    private protected Schedule() { }

    /// <summary>The last due time that isn't after <paramref name="now"/>; null if there was none within the last year.</summary>
    public abstract DateTimeOffset? LastDue(DateTimeOffset now);

    /// <summary>The first due time after <paramref name="now"/>; null if there is none.</summary>
    public abstract DateTimeOffset? NextDue(DateTimeOffset now);
}

/// <summary>Every so often, counted from 1970-01-01T00:00Z, so that all workers agree.</summary>
/// <param name="Interval">One minute or more.</param>
public sealed record Every(TimeSpan Interval) : Schedule
{
    /// <inheritdoc/>
    public override DateTimeOffset? LastDue(DateTimeOffset now)
    {
        long ticks = (now - DateTimeOffset.UnixEpoch).Ticks;
        return DateTimeOffset.UnixEpoch.AddTicks(ticks - (ticks % Interval.Ticks));
    }

    /// <inheritdoc/>
    public override DateTimeOffset? NextDue(DateTimeOffset now) => LastDue(now) + Interval;
}

/// <summary>By a cron expression, in a time zone: a local time that a change of the clock skips is due at the next one.</summary>
/// <param name="Expression">Five fields as in Unix cron (minute hour day month weekday), or Quartz's six with seconds.</param>
/// <param name="TimeZone">The time zone of the expression; default UTC.</param>
public sealed record Cron(string Expression, TimeZoneInfo TimeZone) : Schedule
{
    private readonly CronExpression _cron = Parse(Expression, TimeZone);

    /// <inheritdoc/>
    public override DateTimeOffset? LastDue(DateTimeOffset now)
    {
        // Quartz can only look ahead: widen the look-back until a due time lies in it.
        foreach (TimeSpan back in LookBacks)
        {
            DateTimeOffset? last = null;
            DateTimeOffset? next = _cron.GetTimeAfter(now - back);
            while (next <= now)
            {
                last = next;
                next = _cron.GetTimeAfter(next.Value);
            }

            if (last is not null)
                return last;
        }

        return null;
    }

    /// <inheritdoc/>
    public override DateTimeOffset? NextDue(DateTimeOffset now) => _cron.GetTimeAfter(now);

    /// <summary>Says what is wrong with an expression, or null if nothing is.</summary>
    public static string? Problem(string expression)
    {
        string[] fields = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length == 5 && UnixCron.Problem(fields) is { } problem)
            return problem;
        try
        {
            CronExpression cron = Parse(expression, TimeZoneInfo.Utc);
            return cron.GetTimeAfter(DateTimeOffset.UnixEpoch.AddYears(50)) is null ? "It is never due" : null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    private static readonly TimeSpan[] LookBacks =
        [TimeSpan.FromMinutes(10), TimeSpan.FromHours(2), TimeSpan.FromDays(1), TimeSpan.FromDays(31), TimeSpan.FromDays(366)];

    private static CronExpression Parse(string expression, TimeZoneInfo timeZone) =>
        new(ToQuartz(expression)) { TimeZone = timeZone };

    // Unix cron has no seconds and says "any" twice; Quartz wants exactly one '?' among the two kinds of day.
    private static string ToQuartz(string expression)
    {
        string[] fields = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
            return expression;
        (string dayOfMonth, string dayOfWeek) = (fields[2], fields[4]);
        if (dayOfWeek == "*")
            dayOfWeek = "?";
        else if (dayOfMonth == "*")
            (dayOfMonth, dayOfWeek) = ("?", ToQuartzWeekdays(dayOfWeek));
        else
            dayOfWeek = ToQuartzWeekdays(dayOfWeek);
        return $"0 {fields[0]} {fields[1]} {dayOfMonth} {fields[3]} {dayOfWeek}";
    }

    // Unix counts Sunday as 0 (and 7), Quartz as 1; names are the same in both.
    private static string ToQuartzWeekdays(string field) =>
        string.Join(',', field.Split(',').Select(part =>
        {
            string[] step = part.Split('/');
            step[0] = string.Join('-', step[0].Split('-').Select(day => int.TryParse(day, out int n) ? ((n % 7) + 1).ToString() : day));
            return string.Join('/', step);
        }));
}

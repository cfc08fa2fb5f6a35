using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>Reads <c>schedule</c>: <c>{ every: PT5M }</c> or <c>{ cron: "*/15 * * * *", time_zone: Europe/Vienna }</c>.</summary>
internal static class ScheduleFields
{
    public static Schedule? Read(Fields pipeline)
    {
        if (pipeline.Map("schedule") is not { } fields)
            return null;
        TimeSpan? every = fields.Duration("every", TimeSpan.FromMinutes(1));
        string? cron = fields.Text("cron");
        string? zone = fields.Text("time_zone");
        if (fields.Has("every") == fields.Has("cron"))
            pipeline.Add("schedule", "A schedule has either 'every' or 'cron'.", "Write, for example: schedule: { every: PT5M }");
        if (fields.Has("every") && zone is not null)
            fields.Add("time_zone", "A time zone means nothing to 'every'.", "Remove it, or use 'cron'.");
        fields.RejectOthers();

        TimeZoneInfo? timeZone = TimeZoneInfo.Utc;
        if (zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out timeZone))
            fields.Add("time_zone", $"'{zone}' isn't a time zone.", "Write an IANA name, for example Europe/Vienna.");
        if (cron is not null && Cron.Problem(cron) is { } problem)
        {
            fields.Add("cron", $"'{cron}' isn't a cron expression: {problem.TrimEnd('.')}.", "Write minute hour day month weekday, for example \"*/15 * * * *\".");
            return null;
        }

        return cron is not null && timeZone is not null ? new Cron(cron, timeZone) : every is { } interval ? new Every(interval) : null;
    }
}

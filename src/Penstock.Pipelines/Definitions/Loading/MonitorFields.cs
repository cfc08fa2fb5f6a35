using System.Globalization;
using Penstock.Pipelines.Definitions.Yaml;
using Penstock.Pipelines.Watching;
using Penstock.Pipelines.Watching.Notices;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>Reads <c>monitors</c>: <c>{ webhook: "secret:ops", sign: ops-key, quarantine: 0.5, volume: true, columns: true, schedule_grace: PT3M }</c>.</summary>
internal static class MonitorFields
{
    public static MonitorOptions Read(Fields pipeline, Loading loading)
    {
        if (pipeline.Map("monitors") is not { } fields)
            return MonitorOptions.Default;
        string? webhook = fields.Text("webhook");
        string? sign = fields.Text("sign");
        if (webhook is not null && SecretReference.NameIn(webhook) is { } name)
            AddSecret(fields, loading, "webhook", name);
        else if (webhook is not null && !(Uri.TryCreate(webhook, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"))
            fields.Add("webhook", "This isn't an address.", "Write https://…, or secret:NAME if the address is a secret.");
        if (sign is not null)
            AddSecret(fields, loading, "sign", sign);
        if (sign is not null && webhook is null)
            fields.Add("sign", "Nothing is sent that could be signed.", "Add 'webhook', or remove it.");
        var options = new MonitorOptions
        {
            Target = webhook is null ? null : new AlertTarget(webhook, sign),
            QuarantinePercent = Percent(fields),
            Volume = fields.Boolean("volume") ?? true,
            Columns = fields.Boolean("columns") ?? true,
            ScheduleGrace = fields.Duration("schedule_grace", TimeSpan.FromMinutes(1)) ?? MonitorOptions.Default.ScheduleGrace,
        };
        fields.RejectOthers();
        return options;
    }

    private static decimal Percent(Fields fields)
    {
        if (fields.Plain("quarantine") is not { } text)
            return 0;
        if (decimal.TryParse(text.TrimEnd('%').TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal percent) && percent <= 100)
            return percent;
        fields.Add("quarantine", $"'{text}' isn't a share in percent.", "Write a number from 0 to 100.");
        return 0;
    }

    private static void AddSecret(Fields fields, Loading loading, string field, string name)
    {
        if (ConfigFields.IsSecretName(name))
            loading.Secrets.Add(new(name, loading.Problems.File, fields.LineOf(field), fields.PathOf(field)));
        else
            fields.Add(field, "This isn't the name of a secret.", "A name has letters, digits and dashes, at most 127.");
    }
}

using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions.Yaml;
using Penstock.Pipelines.Retention;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>
/// Reads a stream's <c>retention</c>: <c>{ raw: P90D, curated: P2Y, quarantine: P30D, ledger: P400D, lake: P5Y }</c>; <c>contract</c> stands for what
/// the contract's service levels promise. Nothing is deleted because a contract says so alone.
/// </summary>
internal static class RetentionFields
{
    public static StreamRetention Read(Fields stream, Contract? contract)
    {
        if (stream.Map("retention") is not { } fields)
            return StreamRetention.None;
        var retention = new StreamRetention(Period(fields, "raw", contract), Period(fields, "curated", contract), Period(fields, "quarantine", contract), Period(fields, "ledger", contract), Period(fields, "lake", contract));
        if (retention is { Raw: { } raw, Ledger: { } ledger } && ledger.Days < raw.Days)
            fields.Add("ledger", $"The ledger is kept for {ledger}, and raw, which it counts, for {raw}.", "Keep the ledger at least as long as raw.");
        if (fields.Has("lake") && !stream.Texts("outputs").Contains("lake"))
            fields.Add("lake", "The stream has no lake files.", "Remove it, or write: outputs: [table, lake]");
        fields.RejectOthers();
        return retention;
    }

    private static RetentionPeriod? Period(Fields fields, string layer, Contract? contract)
    {
        if (fields.Text(layer) is not { } text)
            return null;
        if (text == "contract")
        {
            if (contract?.Retention is { TotalDays: >= 1 } promised)
                return new RetentionPeriod((int)Math.Ceiling(promised.TotalDays), 'D');
            fields.Add(layer, "The contract promises no retention.", "Add a service level 'retention' of a day or more to it, or write a time here, for example P2Y.");
            return null;
        }

        if (RetentionPeriod.Parse(text) is { } period)
            return period;
        fields.Add(layer, $"'{text}' isn't a time to keep something.", "Write days, weeks, months or years, for example P90D, P12W, P6M or P2Y; or: contract.");
        return null;
    }
}

using System.Globalization;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>Reads <c>prices.yaml</c>, beside the pipelines' folders, and a pipeline's <c>cost: { call: 0.002 }</c>.</summary>
internal static class PriceFields
{
    public const string FileName = "prices.yaml";

    public static decimal ReadCall(Fields pipeline)
    {
        if (pipeline.Map("cost") is not { } fields)
            return 0;
        decimal call = Amount(fields, "call", 0);
        fields.RejectOthers();
        return call;
    }

    /// <summary>The prices of a file.</summary>
    /// <exception cref="InvalidDataException">The file is wrong.</exception>
    public static Prices Read(string text)
    {
        var problems = new List<DefinitionProblem>();
        Prices? prices = Read(text, new Problems(FileName, problems));
        return prices is not null && problems.Count == 0 ? prices : throw new InvalidDataException(string.Join(' ', problems));
    }

    private static Prices? Read(string text, Problems problems)
    {
        if (YamlDocument.Read(text, problems) is not { } root)
            return null;
        if (root is not YamlMap map)
        {
            problems.Add(root.Line, "", $"The file must be a mapping, but is {root.Kind}.", "Begin it with: currency: USD");
            return null;
        }

        var fields = new Fields(map, "", problems);
        var known = new Prices();
        var prices = new Prices
        {
            Currency = fields.Text("currency") ?? known.Currency,
            AsOf = fields.Plain("as_of") ?? known.AsOf,
            GigabyteSecond = Amount(fields, "gb_second", known.GigabyteSecond),
            MillionExecutions = Amount(fields, "million_executions", known.MillionExecutions),
            TenThousandBlobReads = Amount(fields, "ten_thousand_blob_reads", known.TenThousandBlobReads),
            TenThousandBlobWrites = Amount(fields, "ten_thousand_blob_writes", known.TenThousandBlobWrites),
            TenThousandBlobLists = Amount(fields, "ten_thousand_blob_lists", known.TenThousandBlobLists),
            TenThousandQueueOperations = Amount(fields, "ten_thousand_queue_operations", known.TenThousandQueueOperations),
            MillionRequestUnits = Amount(fields, "million_request_units", known.MillionRequestUnits),
            GigabyteMonth = Amount(fields, "gb_month", known.GigabyteMonth),
        };
        if (prices.Currency.Length != 3 || prices.Currency.Any(letter => !char.IsAsciiLetterUpper(letter)))
            fields.Add("currency", $"'{prices.Currency}' isn't a currency.", "Write three capitals as ISO 4217 has them, for example EUR.");
        fields.RejectOthers();
        return prices;
    }

    private static decimal Amount(Fields fields, string name, decimal otherwise)
    {
        if (!fields.Has(name))
            return otherwise;
        string? text = fields.Plain(name);
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal amount) && amount >= 0)
            return amount;
        fields.Add(name, $"'{text ?? "a list or a mapping"}' isn't a price.", "Write a number of zero or more, without its currency.");
        return otherwise;
    }
}

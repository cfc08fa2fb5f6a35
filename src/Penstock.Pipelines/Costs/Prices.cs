namespace Penstock.Pipelines.Costs;

/// <summary>
/// What things cost. The defaults are Azure's list prices in US dollars for East US 2, pay as you go, as they were in 2026-11;
/// <c>pipelines/prices.yaml</c> says what yours are.
/// </summary>
public sealed record Prices
{
    /// <summary>The currency, ISO 4217; default USD. It is only a name: nothing is converted.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>When these prices were looked up, for people.</summary>
    public string AsOf { get; init; } = "2026-11";

    /// <summary>A GB-second of Flex Consumption, on demand.</summary>
    public decimal GigabyteSecond { get; init; } = 0.000026m;

    /// <summary>A million executions of Flex Consumption, on demand.</summary>
    public decimal MillionExecutions { get; init; } = 0.40m;

    /// <summary>Ten thousand reads of blobs (hot, locally redundant).</summary>
    public decimal TenThousandBlobReads { get; init; } = 0.005m;

    /// <summary>Ten thousand writes of blobs (hot, locally redundant).</summary>
    public decimal TenThousandBlobWrites { get; init; } = 0.065m;

    /// <summary>Ten thousand pages of blob listings.</summary>
    public decimal TenThousandBlobLists { get; init; } = 0.065m;

    /// <summary>Ten thousand operations on queues; a message takes three: put, get, delete.</summary>
    public decimal TenThousandQueueOperations { get; init; } = 0.004m;

    /// <summary>A million request units of Cosmos DB, serverless. With provisioned throughput it is charged for by the hour: then 0 is right here.</summary>
    public decimal MillionRequestUnits { get; init; } = 0.25m;

    /// <summary>A GB of raw data for a month (hot, locally redundant).</summary>
    public decimal GigabyteMonth { get; init; } = 0.018m;

    /// <summary>What a usage costs.</summary>
    /// <param name="usage">What was used.</param>
    /// <param name="calls">Calls to the source.</param>
    /// <param name="callPrice">What the source charges for a call.</param>
    public CostParts Of(Usage usage, long calls, decimal callPrice) => new(
        Compute: ((decimal)usage.GigabyteSeconds * GigabyteSecond) + (usage.Executions * MillionExecutions / 1_000_000m),
        Storage: ((usage.BlobReads * TenThousandBlobReads) + (usage.BlobWrites * TenThousandBlobWrites) + (usage.BlobLists * TenThousandBlobLists)) / 10_000m,
        Queues: usage.Messages * 3 * TenThousandQueueOperations / 10_000m,
        Database: (decimal)usage.RequestUnits * MillionRequestUnits / 1_000_000m,
        Calls: calls * callPrice);
}

/// <summary>A cost by what it is for, in the prices' currency.</summary>
/// <param name="Compute">GB-seconds and executions.</param>
/// <param name="Storage">Operations on blobs.</param>
/// <param name="Queues">Messages.</param>
/// <param name="Database">Request units.</param>
/// <param name="Calls">What the source charges for its calls.</param>
public sealed record CostParts(decimal Compute, decimal Storage, decimal Queues, decimal Database, decimal Calls)
{
    /// <summary>All of it.</summary>
    public decimal Total => Compute + Storage + Queues + Database + Calls;
}

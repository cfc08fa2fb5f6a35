using System.Text.Json.Serialization;

namespace Penstock.Pipelines.Costs;

/// <summary>What some work used of what Azure charges for. Usages add up; what is zero isn't written.</summary>
public sealed record Usage
{
    /// <summary>Nothing.</summary>
    public static Usage None { get; } = new();

    /// <summary>Executions of a function.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Executions { get; init; }

    /// <summary>Memory of the instance × time, in GB-seconds; executions that share an instance share its time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double GigabyteSeconds { get; init; }

    /// <summary>Blobs read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long BlobReads { get; init; }

    /// <summary>Blobs written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long BlobWrites { get; init; }

    /// <summary>Pages of blob listings: 5,000 names each.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long BlobLists { get; init; }

    /// <summary>Messages sent; each is put, got and deleted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Messages { get; init; }

    /// <summary>Request units of Cosmos DB.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double RequestUnits { get; init; }

    /// <summary>Adds two usages.</summary>
    public static Usage operator +(Usage a, Usage b) => new()
    {
        Executions = a.Executions + b.Executions,
        GigabyteSeconds = a.GigabyteSeconds + b.GigabyteSeconds,
        BlobReads = a.BlobReads + b.BlobReads,
        BlobWrites = a.BlobWrites + b.BlobWrites,
        BlobLists = a.BlobLists + b.BlobLists,
        Messages = a.Messages + b.Messages,
        RequestUnits = a.RequestUnits + b.RequestUnits,
    };

    /// <summary>So many times a usage, as an estimate: rounded.</summary>
    public static Usage operator *(Usage usage, double times) => new()
    {
        Executions = (long)Math.Round(usage.Executions * times),
        GigabyteSeconds = usage.GigabyteSeconds * times,
        BlobReads = (long)Math.Round(usage.BlobReads * times),
        BlobWrites = (long)Math.Round(usage.BlobWrites * times),
        BlobLists = (long)Math.Round(usage.BlobLists * times),
        Messages = (long)Math.Round(usage.Messages * times),
        RequestUnits = usage.RequestUnits * times,
    };

    /// <summary>So many times this usage.</summary>
    public Usage Multiply(double times) => this * times;

    /// <summary>Adds another usage.</summary>
    public Usage Add(Usage other) => this + other;
}

using Penstock.Pipelines.Telemetry;

namespace Penstock.Pipelines.Costs;

/// <summary>Counts an operation in the metrics, and in the execution that it is part of.</summary>
internal static class Meter
{
    public const string BlobRead = "blob.read";
    public const string BlobWrite = "blob.write";
    public const string BlobList = "blob.list";
    public const string BlobDelete = "blob.delete";
    public const string QueueSend = "queue.send";

    public static void Count(string operation, Usage? use)
    {
        Instruments.Operated(operation);
        if (use is not null)
            UsageMeter.Current?.Count(use);
    }
}

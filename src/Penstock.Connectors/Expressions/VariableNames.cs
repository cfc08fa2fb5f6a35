namespace Penstock.Connectors.Expressions;

/// <summary>The names of the variables that manifests use.</summary>
public static class VariableNames
{
    /// <summary>The connector's config.</summary>
    public const string Config = "config";

    /// <summary>The <c>$parameters</c> of the component that a template stands in.</summary>
    public const string Parameters = "parameters";

    /// <summary>The body of the last response.</summary>
    public const string Response = "response";

    /// <summary>The headers of the last response.</summary>
    public const string Headers = "headers";

    /// <summary>The record at hand.</summary>
    public const string Record = "record";

    /// <summary>The last record of the last page.</summary>
    public const string LastRecord = "last_record";

    /// <summary>How many records the last page had.</summary>
    public const string LastPageSize = "last_page_size";

    /// <summary>The token of the page to ask for.</summary>
    public const string NextPageToken = "next_page_token";

    /// <summary>The slice at hand: its partition and its window.</summary>
    public const string StreamSlice = "stream_slice";

    /// <summary>Another name for the slice.</summary>
    public const string StreamPartition = "stream_partition";

    /// <summary>Another name for the slice.</summary>
    public const string StreamInterval = "stream_interval";

    /// <summary>No longer supported: a template that mentions it fails.</summary>
    public const string StreamState = "stream_state";
}

namespace Penstock.Pipelines.Lineage;

/// <summary>What lineage calls things, and where OpenLineage events go. By default nothing is sent.</summary>
public sealed record LineageOptions
{
    /// <summary>The namespace of the jobs; default <c>penstock</c>. Give each deployment its own, or their runs look like one's.</summary>
    public string Namespace { get; init; } = "penstock";

    /// <summary>The namespace of raw datasets, for example <c>wasbs://raw@account.blob.core.windows.net</c>; default <c>penstock-raw</c>.</summary>
    public string RawNamespace { get; init; } = "penstock-raw";

    /// <summary>The namespace of curated datasets, for example <c>azurecosmos://account.documents.azure.com/dbs/penstock</c>; default <c>penstock-curated</c>.</summary>
    public string CuratedNamespace { get; init; } = "penstock-curated";

    /// <summary>Where events are posted: an address with its path, or one without, which then gets <c>/api/v1/lineage</c>; null for nowhere.</summary>
    public Uri? Url { get; init; }

    /// <summary>The secret that holds the key which the address wants as <c>Authorization: Bearer</c>; null for none.</summary>
    public string? ApiKeySecret { get; init; }

    /// <summary>Whether events are kept as blobs, <c>ledger/openlineage/yyyy/MM/dd/…</c>; default false.</summary>
    public bool KeepsBlobs { get; init; }

    /// <summary>Whether there is anywhere to tell.</summary>
    public bool IsOn => Url is not null || KeepsBlobs;

    internal Uri? Address => Url is null || Url.AbsolutePath != "/" ? Url : new Uri(Url, "/api/v1/lineage");
}

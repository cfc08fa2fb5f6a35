using Penstock.Connectors.Streams;

namespace Penstock.Pipelines.Stages;

/// <summary>How Extract works.</summary>
public sealed record ExtractOptions
{
    /// <summary>How many bytes of records go into a raw blob before it is put and committed; default 16 MiB, before compression.</summary>
    public long BlobBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How long records may stay in memory before they are committed; default 20 seconds.</summary>
    public TimeSpan CommitInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a lease holds without a commit; default 3 minutes. Others wait as long after a crash.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How often a slice may fail in a row before it is given up; default 8, within about an hour.</summary>
    public int MaxFailures { get; init; } = 8;

    /// <summary>
    /// How many slices are planned together at most; default 100. Few enough that workers which end slices of one batch seldom meet at its
    /// progress document.
    /// </summary>
    public int SlicesPerBatch { get; init; } = 100;

    /// <summary>How often something that isn't expected, such as an answer that isn't JSON, is tried in a row.</summary>
    public const int TriesOfUnexpected = 3;

    /// <summary>How often reading or planning may fail in a row before it is given up, by what the failure is.</summary>
    public int TriesOf(SourceErrorKind kind) => kind switch
    {
        SourceErrorKind.Transient => MaxFailures,
        // Not what was expected, for example half an answer: it may have been an accident.
        SourceErrorKind.System => Math.Min(TriesOfUnexpected, MaxFailures),
        _ => 1,
    };

    /// <summary>Names this process in leases and raw blobs: letters and digits; default <c>worker</c>.</summary>
    /// <exception cref="ArgumentException">The name has other characters.</exception>
    public string Instance
    {
        get;
        init => field = value.Length > 0 && value.All(char.IsAsciiLetterOrDigit)
            ? value
            : throw new ArgumentException($"The instance's name '{value}' may only have letters and digits.", nameof(value));
    } = "worker";

    /// <summary>
    /// Whether no other process works on the same stores, so that leases of other instances are those of dead ones; default
    /// false. Only a host that holds an exclusive lock on its stores may say so.
    /// </summary>
    public bool IsOnlyInstance { get; init; }

    /// <summary>The delay after a failure: it doubles from 10 seconds to 15 minutes.</summary>
    /// <param name="failures">Failures in a row, from 1.</param>
    public static TimeSpan Backoff(int failures) =>
        TimeSpan.FromSeconds(Math.Min(10 * Math.Pow(2, Math.Min(failures, 20) - 1), 15 * 60));
}

namespace Penstock.Connectors.Streams;

/// <summary>An error that a source or a connector gave.</summary>
/// <param name="Kind">Who can mend it.</param>
/// <param name="Message">What, where and what to do; never a secret, never a record's content.</param>
/// <param name="Status">The HTTP status, if an answer was the cause.</param>
public sealed record SourceError(SourceErrorKind Kind, string Message, int? Status = null);

/// <summary>Who can mend an error (Airbyte's <c>failure_type</c>).</summary>
public enum SourceErrorKind
{
    /// <summary>It may pass: try again later.</summary>
    Transient,

    /// <summary>The pipeline's config or credential is wrong: its owner mends it.</summary>
    Config,

    /// <summary>The connector or Penstock is wrong.</summary>
    System,
}

using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Http;

/// <summary>
/// Carries an error out of the depths of decoding or authentication to the retriever, which makes it a result: who reads a
/// stream never sees it. A component of your own throws it to end a slice with a clear error.
/// </summary>
/// <param name="error">The error; never with a secret in it.</param>
public sealed class SourceFaultException(SourceError error) : Exception(error.Message)
{
    /// <summary>The error.</summary>
    public SourceError Error { get; } = error;

    /// <summary>The connector or the source is to blame: nobody can mend it by waiting or by another config.</summary>
    public static SourceFaultException System(string message, int? status = null) => new(new SourceError(SourceErrorKind.System, message, status));

    /// <summary>The config is to blame.</summary>
    public static SourceFaultException Config(string message, int? status = null) => new(new SourceError(SourceErrorKind.Config, message, status));

    /// <summary>It may pass: trying again may help.</summary>
    public static SourceFaultException Transient(string message, int? status = null) => new(new SourceError(SourceErrorKind.Transient, message, status));
}

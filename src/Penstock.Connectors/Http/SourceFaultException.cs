using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Http;

/// <summary>
/// Carries an error out of the depths of decoding or authentication to the retriever, which makes it a result. It never
/// leaves this assembly.
/// </summary>
internal sealed class SourceFaultException(SourceError error) : Exception(error.Message)
{
    public SourceError Error { get; } = error;

    public static SourceFaultException System(string message, int? status = null) => new(new SourceError(SourceErrorKind.System, message, status));

    public static SourceFaultException Config(string message, int? status = null) => new(new SourceError(SourceErrorKind.Config, message, status));

    public static SourceFaultException Transient(string message, int? status = null) => new(new SourceError(SourceErrorKind.Transient, message, status));
}

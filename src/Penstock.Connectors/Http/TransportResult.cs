namespace Penstock.Connectors.Http;

/// <summary>What came of one call.</summary>
internal abstract record TransportResult;

/// <summary>The source answered, with whatever status.</summary>
internal sealed record Answered(HttpAnswer Answer) : TransportResult;

/// <summary>No answer arrived: the network, a name, a certificate, a timeout. Trying again may help.</summary>
internal sealed record Unreached(string Message) : TransportResult;

/// <summary>The host policy doesn't allow the call. Trying again doesn't help.</summary>
internal sealed record Refused(string Message) : TransportResult;

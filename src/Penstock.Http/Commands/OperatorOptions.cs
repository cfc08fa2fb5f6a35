namespace Penstock.Http.Commands;

/// <summary>How a host knows who operates.</summary>
/// <param name="Kind">Where no other proof is at hand: <c>key</c> behind a key, <c>local</c> on this machine alone.</param>
/// <param name="HasEntraHeaders">Whether App Service's authentication is on, which alone makes its <c>X-MS-CLIENT-PRINCIPAL</c> headers true.</param>
public sealed record OperatorOptions(string Kind = "key", bool HasEntraHeaders = false);

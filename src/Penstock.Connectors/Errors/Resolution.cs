using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Errors;

/// <summary>What an error handler makes of an answer.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Kind">Who can mend it, if it is an error.</param>
/// <param name="Message">What went wrong, in the connector's or the status's words; null for none.</param>
public sealed record Resolution(ResponseAction Action, SourceErrorKind Kind = SourceErrorKind.System, string? Message = null)
{
    /// <summary>The answer is to be read.</summary>
    public static Resolution Success { get; } = new(ResponseAction.Success);
}

namespace Penstock.Connectors.Datetimes;

/// <summary>A clock that stands still, so that everything planned together sees one now.</summary>
/// <param name="now">What it always says.</param>
public sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => now;
}

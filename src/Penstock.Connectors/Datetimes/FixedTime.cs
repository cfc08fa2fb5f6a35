namespace Penstock.Connectors.Datetimes;

/// <summary>A clock that stands still, so that everything planned together sees one now.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}

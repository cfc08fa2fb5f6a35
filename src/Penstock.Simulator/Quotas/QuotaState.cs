namespace Penstock.Simulator;

/// <summary>How one quota of one key stands.</summary>
/// <param name="Name">The quota's name.</param>
/// <param name="Limit">Calls it allows in all.</param>
/// <param name="Remaining">Calls left now.</param>
/// <param name="Window">The length it counts over; null for a concurrency limit.</param>
/// <param name="Reset">Until more calls are allowed; null for a concurrency limit.</param>
/// <param name="Wait">Until the next call is allowed; zero when it is allowed now.</param>
internal readonly record struct QuotaState(string Name, int Limit, int Remaining, TimeSpan? Window, TimeSpan? Reset, TimeSpan Wait)
{
    public double Share => (double)Remaining / Limit;
}

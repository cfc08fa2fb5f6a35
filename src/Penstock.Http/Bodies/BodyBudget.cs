using Microsoft.AspNetCore.Http;
using Penstock.Http.Problems;

namespace Penstock.Http.Bodies;

/// <summary>
/// Bounds the memory that all bodies together take: hosts allow many requests at once, and an instance may have 512 MB.
/// </summary>
/// <param name="limits">How large bodies may be.</param>
public sealed class BodyBudget(BodyLimits limits)
{
    private static readonly TimeSpan RetryTime = TimeSpan.FromSeconds(1);
    private long _taken;

    /// <summary>Bytes that are reserved now.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Reserves what a request's body may take until the reservation is disposed of; a problem if too much is in work.</summary>
    internal (Reservation Reserved, Problem? Problem) Reserve(HttpRequest request)
    {
        long size = Math.Min(request.ContentLength ?? limits.MaxBytes, limits.MaxBytes) + (BodyReader.IsCompressed(request) ? limits.MaxUnpackedBytes : 0);
        if (Interlocked.Add(ref _taken, size) <= limits.MaxBytesInWork)
            return (new Reservation(this, size), null);
        Interlocked.Add(ref _taken, -size);
        return (default, ProblemTypes.Busy.With("Too many large bodies are being received at once. Nothing is stored; send it again.").RetryAfter(RetryTime));
    }

    internal readonly struct Reservation(BodyBudget budget, long size) : IDisposable
    {
        public void Dispose()
        {
            if (size > 0)
                Interlocked.Add(ref budget._taken, -size);
        }
    }
}

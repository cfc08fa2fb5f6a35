using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Penstock.Pipelines.Lineage;

/// <summary>
/// The UUID that OpenLineage wants for a run: of version 7, as it advises, with the time at which the run began; the rest is a
/// digest of what names the run, so that every event of it, however often it is sent, has the same.
/// </summary>
public static class RunUuid
{
    /// <summary>The UUID of what a text names.</summary>
    /// <param name="name">Names the run everywhere.</param>
    /// <param name="at">When it began.</param>
    public static Guid Of(string name, DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16).CopyTo(bytes);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, at.ToUnixTimeMilliseconds());
        time[2..].CopyTo(bytes);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0f));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3f));
        return new Guid(bytes, bigEndian: true);
    }
}

using System.Buffers.Binary;
using System.Globalization;

namespace Penstock.Pipelines.Subjects;

/// <summary>Stands for a subject's name: 128 bits of its keyed hash. Without the key nobody finds out who it is.</summary>
/// <param name="Value">The bits.</param>
public readonly record struct SubjectId(UInt128 Value)
{
    /// <summary>The length of its text.</summary>
    public const int TextLength = 32;

    /// <summary>Takes the first 128 bits of a hash.</summary>
    public static SubjectId Of(ReadOnlySpan<byte> hash) => new(BinaryPrimitives.ReadUInt128BigEndian(hash));

    /// <summary>Reads what <see cref="ToString"/> wrote; null if it didn't.</summary>
    public static SubjectId? Parse(ReadOnlySpan<char> text) =>
        text.Length == TextLength && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 value)
            ? new SubjectId(value)
            : null;

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}

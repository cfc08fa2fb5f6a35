using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Curating;

/// <summary>
/// Makes the rows of a key out of its versions: the one place that says what a history is. Given the versions in ascending order,
/// it holds no more than a row of them (of an append table: those of one version field).
/// </summary>
internal abstract class RowFold
{
    /// <summary>Takes a row as analysts see it, but for the columns of the history.</summary>
    /// <param name="version">The version, UTF-8.</param>
    /// <param name="json">The record, or the lines of several.</param>
    /// <param name="columns">What to add to it.</param>
    public delegate void Sink(ReadOnlySpan<byte> version, ReadOnlySpan<byte> json, RowColumns columns);

    /// <summary>The fold of a table.</summary>
    public static RowFold Of(HistoryMode history, bool keepsDeleted, Sink sink) => history switch
    {
        HistoryMode.Scd2 => new Scd2Fold(sink),
        HistoryMode.Append => new AppendFold(keepsDeleted, sink),
        _ => new LatestFold(keepsDeleted, sink),
    };

    /// <summary>Takes the next version of the key.</summary>
    /// <param name="version">The version, UTF-8.</param>
    /// <param name="validFrom">Since when it is valid, in UTC ticks.</param>
    /// <param name="isDeletion">Whether it says that the record is gone.</param>
    /// <param name="json">The record.</param>
    public abstract void Add(ReadOnlySpan<byte> version, long validFrom, bool isDeletion, ReadOnlySpan<byte> json);

    /// <summary>Ends the key.</summary>
    public abstract void End();

    /// <summary>A version that is held until it is known what becomes of it.</summary>
    protected sealed class Held
    {
        private byte[] _bytes = new byte[1024];
        private int _versionLength;
        private int _length;

        public bool IsThere { get; private set; }

        public long From { get; private set; }

        public bool IsDeletion { get; private set; }

        public ReadOnlySpan<byte> Version => _bytes.AsSpan(0, _versionLength);

        public ReadOnlySpan<byte> Json => _bytes.AsSpan(_versionLength, _length - _versionLength);

        public void Set(ReadOnlySpan<byte> version, long from, bool isDeletion, ReadOnlySpan<byte> json)
        {
            int length = version.Length + json.Length;
            if (_bytes.Length < length)
                _bytes = new byte[Math.Max(length, 2 * _bytes.Length)];
            version.CopyTo(_bytes);
            json.CopyTo(_bytes.AsSpan(version.Length));
            (IsThere, From, IsDeletion, _versionLength, _length) = (true, from, isDeletion, version.Length, length);
        }

        public void Clear() => IsThere = false;
    }
}

/// <summary>The columns that a history adds to a row.</summary>
/// <param name="ValidFrom">UTC ticks; null: the table has no validity.</param>
/// <param name="ValidTo">UTC ticks; null: still valid.</param>
/// <param name="IsDeleted">Whether the record is gone; null: the table doesn't say.</param>
internal readonly record struct RowColumns(long? ValidFrom = null, long? ValidTo = null, bool? IsDeleted = null);

using System.Buffers;
using Penstock.Pipelines.Curating;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Lake;

/// <summary>The rows of one raw blob for one table's lake file.</summary>
/// <param name="name">The file.</param>
/// <param name="isExploded">Whether a record has any number of rows.</param>
/// <param name="isSelection">Whether only some lines of the blob come: the file's other rows stay.</param>
internal sealed class LakeTable(string name, bool isExploded, bool isSelection) : IDisposable
{
    private readonly RawBlobWriter _writer = new();
    private readonly ArrayBufferWriter<byte> _row = new(1024);
    private readonly List<(long Line, byte[] Row)> _rows = [];

    /// <summary>Takes a version of a record, or the rows of an exploded one.</summary>
    /// <param name="version">The version, with all that its table is told of it.</param>
    /// <param name="line">The line of the raw blob.</param>
    public void Add(CuratedRecord version, long line)
    {
        DateTimeOffset validFrom = version.ValidFrom ?? CuratedVersion.TimeOf(version.Version);
        ReadOnlySpan<byte> json = version.IsDeletion ? default : version.Json.Span;
        do
        {
            int end = isExploded ? json.IndexOf((byte)'\n') : -1;
            ReadOnlySpan<byte> one = end < 0 ? json : json[..end];
            json = end < 0 ? default : json[(end + 1)..];
            _row.ResetWrittenCount();
            LakeRow.Write(one, version, validFrom, line, _row);
            if (isSelection)
                _rows.Add((line, _row.WrittenSpan.ToArray()));
            else
                _writer.Add(_row.WrittenSpan);
        }
        while (!json.IsEmpty);
    }

    /// <summary>Writes the file.</summary>
    /// <param name="files">Writes files.</param>
    /// <param name="isTaken">Of a selection: the lines that came.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask PutAsync(LakeFile files, Func<long, bool> isTaken, CancellationToken cancellationToken)
    {
        if (isSelection)
            await files.ChangeAsync(name, row => isTaken(LakeRow.LineOf(row.Span)), _rows, cancellationToken);
        else
            await files.PutAsync(name, _writer.Finish(), _writer.Records == 0, cancellationToken);
    }

    public void Dispose() => _writer.Dispose();
}

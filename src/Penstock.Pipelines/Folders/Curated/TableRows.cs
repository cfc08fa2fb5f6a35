using System.Buffers;
using System.Text;
using Penstock.Pipelines.Curating;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Folders.Curated;

/// <summary>Reads a table's rows, key by key, out of its segments.</summary>
internal sealed class TableRows : IDisposable
{
    private readonly SegmentMerge _merge;
    private readonly RowFold _fold;
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly ArrayBufferWriter<byte> _key = new(256);
    private readonly List<CuratedRecord> _rows = [];
    private string _text = "";
    private bool _isOpen;

    private readonly HistoryMode _history;

    public TableRows(TableManifest manifest, IEnumerable<string> segments)
    {
        (_history, _merge) = (manifest.History, new SegmentMerge(segments));
        _fold = RowFold.Of(manifest.History, manifest.KeepsDeleted, (version, json, columns) =>
            _rows.AddRange(RowText.Of(_text, Encoding.UTF8.GetString(version), json, columns, _line)));
        _isOpen = _merge.Read();
    }

    /// <summary>Gives the rows of the next key, maybe none; null at the end. The list is used again.</summary>
    /// <param name="wanted">Keys of other texts are passed over; null for all.</param>
    public List<CuratedRecord>? Next(byte[]? wanted = null)
    {
        while (_isOpen)
        {
            _key.ResetWrittenCount();
            _key.Write(_merge.Current.Key);
            bool isWanted = wanted is null || _key.WrittenSpan.SequenceEqual(wanted);
            _text = isWanted ? Encoding.UTF8.GetString(_key.WrittenSpan) : "";
            _rows.Clear();
            do
            {
                SegmentEntry entry = _merge.Current;
                if (isWanted)
                    _fold.Add(entry.Version, entry.ValidFrom, entry.IsDeletion, entry.Json);
                _isOpen = _merge.Read();
            }
            while (_isOpen && _merge.Current.Key.SequenceEqual(_key.WrittenSpan));
            if (!isWanted)
                continue;
            _fold.End();
            return _rows;
        }

        return null;
    }

    /// <summary>The current one of a key's rows.</summary>
    public CuratedRecord? Current(List<CuratedRecord> rows) => RowText.Current(_history, rows);

    public void Dispose() => _merge.Dispose();
}

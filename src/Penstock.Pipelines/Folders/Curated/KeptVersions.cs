using System.Buffers;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Folders.Curated;

/// <summary>Writes merged entries into a segment and leaves out those that can never be part of a row again, whatever comes late.</summary>
internal sealed class KeptVersions(HistoryMode history, bool keepsDeleted, BlockWriter to)
{
    private readonly ArrayBufferWriter<byte> _record = new(1024);
    private readonly ArrayBufferWriter<byte> _deletion = new(256);

    /// <summary>Takes the next entry of the merge.</summary>
    public void Add(SegmentEntry entry)
    {
        if (history == HistoryMode.Append)
        {
            to.Write(entry.Bytes);
            return;
        }

        if (Last(out SegmentEntry last) && !(last.Part == entry.Part && last.HasKeyOf(entry)))
            End();
        else if (history == HistoryMode.Scd2 && _record.WrittenCount > 0 && !IsRepeated(new SegmentEntry(_record.WrittenSpan), entry))
            End();
        // A latest table needs the last record and the last deletion; of a history the last of those that say the same.
        ArrayBufferWriter<byte> held = history == HistoryMode.Latest && entry.IsDeletion ? _deletion : _record;
        held.ResetWrittenCount();
        held.Write(entry.Bytes);
    }

    /// <summary>Writes what is held.</summary>
    public void End()
    {
        if (_deletion.WrittenCount == 0)
            to.Write(_record.WrittenSpan);
        else if (_record.WrittenCount == 0)
            to.Write(_deletion.WrittenSpan);
        else
            EndBoth(new SegmentEntry(_record.WrittenSpan), new SegmentEntry(_deletion.WrittenSpan));
        _record.ResetWrittenCount();
        _deletion.ResetWrittenCount();
    }

    // A record that is newer than its deletion is newer than all that the deletion guards against.
    private void EndBoth(SegmentEntry record, SegmentEntry deletion)
    {
        bool isGone = deletion.OrderTo(record) > 0;
        if (!isGone || keepsDeleted)
            to.Write(record.Bytes);
        if (isGone)
            to.Write(deletion.Bytes);
    }

    private bool Last(out SegmentEntry entry)
    {
        ArrayBufferWriter<byte> held = _record.WrittenCount > 0 ? _record : _deletion;
        entry = new SegmentEntry(held.WrittenSpan);
        return held.WrittenCount > 0;
    }

    private static bool IsRepeated(SegmentEntry one, SegmentEntry next) =>
        one.ValidFrom == next.ValidFrom && one.IsDeletion == next.IsDeletion
        && FieldOf(one.Version).SequenceEqual(FieldOf(next.Version)) && one.Json.SequenceEqual(next.Json);

    private static ReadOnlySpan<byte> FieldOf(ReadOnlySpan<byte> version) => version[..Math.Max(0, version.LastIndexOf((byte)' '))];
}

using System.Buffers;
using Penstock.Pipelines.Curating;

namespace Penstock.Pipelines.Folders.Curated;

/// <summary>The curated files of a table: <c>part-NN.jsonl</c>, rows sorted by key and version.</summary>
internal sealed class PartFiles(DataFolder folder, string tableFolder)
{
    /// <summary>The file of a part.</summary>
    public string PathOf(int part) => Path.Combine(tableFolder, $"part-{part:D2}.jsonl");

    /// <summary>Writes all of them; each is replaced as a whole.</summary>
    public IReadOnlyList<PartState?> Write(TableManifest manifest, IEnumerable<string> segments)
    {
        var parts = new PartState?[BatchSegment.PartCount];
        using var merge = new SegmentMerge(segments);
        bool isOpen = merge.Read();
        for (int part = 0; part < parts.Length; part++)
            parts[part] = Write(manifest, merge, part, ref isOpen);
        return parts;
    }

    private PartState? Write(TableManifest manifest, SegmentMerge merge, int part, ref bool isOpen)
    {
        string temporary = folder.TemporaryPath();
        long length;
        using (var file = new BlockWriter(temporary))
        {
            WriteRows(manifest, merge, part, file, ref isOpen);
            file.Finish();
            length = file.Length;
        }

        if (length == 0)
        {
            File.Delete(temporary);
            File.Delete(PathOf(part));
            return null;
        }

        DataFolder.Move(temporary, PathOf(part));
        return new PartState(length, File.GetLastWriteTimeUtc(PathOf(part)).Ticks);
    }

    private static void WriteRows(TableManifest manifest, SegmentMerge merge, int part, BlockWriter file, ref bool isOpen)
    {
        RowFold fold = RowFold.Of(manifest.History, manifest.KeepsDeleted, (_, json, columns) => RowWriter.Write(json, columns, file));
        var key = new ArrayBufferWriter<byte>(256);
        while (isOpen && merge.Current.Part == part)
        {
            SegmentEntry entry = merge.Current;
            if (!entry.Key.SequenceEqual(key.WrittenSpan))
            {
                fold.End();
                key.ResetWrittenCount();
                key.Write(entry.Key);
            }

            fold.Add(entry.Version, entry.ValidFrom, entry.IsDeletion, entry.Json);
            isOpen = merge.Read();
        }

        fold.End();
    }
}

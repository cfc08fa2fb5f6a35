namespace Penstock.Pipelines.Folders;

/// <summary>
/// A part of a curated table: lines of JSON sorted by key, and beside them their versions. Used under the table's lock.
/// </summary>
/// <remarks>
/// The two files can't be replaced at once, so: the new versions are put beside the old ones (<c>.next</c>), they name the data they
/// belong to; then the data is replaced: from here on the write has happened; then <c>.next</c> replaces the versions. Who comes
/// after a crash looks whether the data is what <c>.next</c> names, and finishes the write or forgets it (<see cref="Settle"/>).
/// </remarks>
internal sealed class CuratedShard(DataFolder folder, string data, string versions)
{
    private readonly string _next = versions + ".next";

    /// <summary>Finishes or forgets a write that was cut off; says whether the shard has any records.</summary>
    /// <exception cref="InvalidDataException">The data was changed by somebody else.</exception>
    public bool Settle()
    {
        var file = new FileInfo(data);
        if (Belongs(_next, file, exactly: true) is { } written)
        {
            if (written)
                DataFolder.Move(_next, versions);
            else
                File.Delete(_next);
        }

        if (!file.Exists)
        {
            // Whoever deletes curated files wants them written anew from raw.
            if (File.Exists(versions))
                File.Delete(versions);
            return false;
        }

        if (Belongs(versions, file, exactly: false) is true)
            return true;
        throw new InvalidDataException($"{data} was changed by something else than Penstock: its records don't match '{versions}' any more. Delete the folder '{Path.GetDirectoryName(data)}' and replay the stream.");
    }

    /// <summary>Gives the entries, in order of their keys. Call <see cref="Settle"/> first.</summary>
    public IEnumerable<ShardEntry> Entries()
    {
        using var reader = ShardVersionsReader.TryOpen(versions);
        while (reader is not null && reader.Read(out ShardEntry entry))
            yield return entry;
    }

    /// <summary>Opens the data for reading; what is opened stays as it is while others write.</summary>
    public FileStream OpenData() =>
        new(data, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);

    /// <summary>Opens the versions for reading, if there are any.</summary>
    public ShardVersionsReader? OpenVersions() => ShardVersionsReader.TryOpen(versions);

    /// <summary>Merges changes into the files. Call <see cref="Settle"/> first.</summary>
    /// <param name="changes">By key: the record to write, or null to delete it.</param>
    /// <param name="modified">A time that no earlier write of this shard had.</param>
    public void Rewrite(SortedDictionary<string, Ports.CuratedRecord?> changes, DateTime modified)
    {
        string newData = folder.TemporaryPath(), newVersions = folder.TemporaryPath();
        try
        {
            if (CuratedMerge.Write(this, changes, newData, newVersions, modified) > 0)
            {
                DataFolder.Move(newVersions, _next);
                DataFolder.Move(newData, data);
                DataFolder.Move(_next, versions);
            }
            else
            {
                File.Delete(data);
                File.Delete(versions);
            }
        }
        finally
        {
            File.Delete(newData);
            File.Delete(newVersions);
        }
    }

    private static bool? Belongs(string path, FileInfo file, bool exactly)
    {
        using var reader = ShardVersionsReader.TryOpen(path);
        if (reader is null)
            return null;
        return file.Exists && reader.DataLength == file.Length && (!exactly || reader.DataTicks == file.LastWriteTimeUtc.Ticks);
    }
}

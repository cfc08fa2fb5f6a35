using System.Text.Json;
using Penstock.Pipelines.Curating;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Folders.Curated;

/// <summary>
/// A table in a folder: sorted segments with every version that matters (<c>.penstock/curated/…</c>), and the curated files made
/// of them (<c>curated/…</c>). Used under the table's lock.
/// </summary>
/// <param name="folder">The data folder.</param>
/// <param name="segments">The folder of the segments.</param>
/// <param name="curated">The folder of the curated files.</param>
internal sealed class FolderTable(DataFolder folder, string segments, string curated)
{
    /// <summary>The name of the file that says what the table is made of.</summary>
    public const string ManifestName = "manifest.json";

    private const int FanIn = 64;
    private readonly PartFiles _parts = new(folder, curated);

    private string ManifestPath => Path.Combine(segments, ManifestName);

    /// <summary>Gives the manifest; null if nothing was written.</summary>
    /// <exception cref="InvalidDataException">The curated files were changed by somebody else.</exception>
    public TableManifest? Load()
    {
        if (!File.Exists(ManifestPath))
            return null;
        TableManifest manifest = JsonSerializer.Deserialize(File.ReadAllBytes(ManifestPath), TableManifestJson.Default.TableManifest)
            ?? throw new InvalidDataException($"{ManifestPath} holds null. Delete the folder '{curated}' and replay the stream.");
        if (manifest.Settled is not { } settled || settled.Parts.All(part => part is null))
            return manifest;
        if (!Directory.Exists(curated))
        {
            // Whoever deletes curated files wants them written anew from raw.
            Directory.Delete(segments, recursive: true);
            return null;
        }

        return CheckParts(settled) ? manifest : manifest with { Settled = null };
    }

    /// <summary>Adds a segment that was written elsewhere.</summary>
    public TableManifest Append(CuratedTable table, string temporary)
    {
        TableManifest manifest = Load() ?? new TableManifest { History = table.History, KeepsDeleted = table.KeepsDeleted };
        TableLayout.Of(table).MustBe(new TableLayout(manifest.History, manifest.KeepsDeleted), table);
        long bytes = new FileInfo(temporary).Length;
        DataFolder.Move(temporary, PathOf(manifest.Next));
        manifest = manifest with { Next = manifest.Next + 1, Segments = [.. manifest.Segments, new Segment(manifest.Next, 0, bytes)] };
        Save(manifest);
        return Compact(manifest);
    }

    /// <summary>Opens the rows for reading.</summary>
    public TableRows? Open() => Load() is { } manifest ? new TableRows(manifest, Paths(manifest.Segments)) : null;

    /// <summary>Writes the curated files, if they don't show all segments yet.</summary>
    public void Settle()
    {
        if (Load() is not { IsSettled: false } manifest)
            return;
        Directory.CreateDirectory(curated);
        // From here on the files are ours to replace, also after a crash.
        if (manifest.Settled is not null)
            Save(manifest with { Settled = null });
        Save(manifest with { Settled = new Settled(manifest.Next, _parts.Write(manifest, Paths(manifest.Segments))) });
    }

    /// <summary>Writes the segments anew without some keys; gives how many of them had rows.</summary>
    public int Erase(IReadOnlySet<string> keys)
    {
        if (Load() is not { } manifest)
            return 0;
        int erased = 0;
        using (var rows = new TableRows(manifest, Paths(manifest.Segments)))
        {
            while (rows.Next() is { } row)
                erased += row.Count > 0 && keys.Contains(row[0].Key) ? 1 : 0;
        }

        manifest = Replace(manifest, manifest.Segments, level: manifest.Segments.Max(segment => segment.Level), keys);
        Save(manifest with { Settled = null });
        DeleteGarbage(manifest);
        Settle();
        return erased;
    }

    private TableManifest Compact(TableManifest manifest)
    {
        for (int level = 0; manifest.Segments.Count(segment => segment.Level == level) is >= FanIn; level++)
        {
            manifest = Replace(manifest, [.. manifest.Segments.Where(segment => segment.Level == level)], level + 1, except: null);
            Save(manifest);
            DeleteGarbage(manifest);
        }

        return manifest;
    }

    // Merges segments that follow one another into one in their place.
    private TableManifest Replace(TableManifest manifest, IReadOnlyList<Segment> merged, int level, IReadOnlySet<string>? except)
    {
        string temporary = folder.TemporaryPath();
        long bytes = Merge(manifest, merged, except, temporary);
        DataFolder.Move(temporary, PathOf(manifest.Next));
        int at = manifest.Segments.ToList().IndexOf(merged[0]);
        var all = manifest.Segments.Except(merged).ToList();
        all.Insert(at, new Segment(manifest.Next, level, bytes));
        // What the curated files show stays the same.
        Settled? settled = manifest.Settled is { } shown && manifest.IsSettled ? shown with { Next = manifest.Next + 1 } : manifest.Settled;
        return manifest with { Next = manifest.Next + 1, Segments = all, Settled = settled };
    }

    private long Merge(TableManifest manifest, IReadOnlyList<Segment> merged, IReadOnlySet<string>? except, string path)
    {
        using var merge = new SegmentMerge(Paths(merged));
        using var writer = new BlockWriter(path);
        var kept = new KeptVersions(manifest.History, manifest.KeepsDeleted, writer);
        while (merge.Read())
        {
            if (except is null || !except.Contains(System.Text.Encoding.UTF8.GetString(merge.Current.Key)))
                kept.Add(merge.Current);
        }

        kept.End();
        writer.Finish();
        return writer.Length;
    }

    private bool CheckParts(Settled settled)
    {
        bool isWhole = true;
        for (int part = 0; part < settled.Parts.Count; part++)
        {
            if (settled.Parts[part] is not { } known)
                continue;
            var file = new FileInfo(_parts.PathOf(part));
            isWhole &= file.Exists;
            if (file.Exists && (file.Length != known.Length || file.LastWriteTimeUtc.Ticks != known.Ticks))
                throw new InvalidDataException($"{file.FullName} was changed by something else than Penstock. Delete the folder '{curated}' and replay the stream.");
        }

        return isWhole;
    }

    private void Save(TableManifest manifest)
    {
        string temporary = folder.TemporaryPath();
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(manifest, TableManifestJson.Default.TableManifest));
        DataFolder.Move(temporary, ManifestPath);
    }

    // Readers that have a file open keep it.
    private void DeleteGarbage(TableManifest manifest)
    {
        HashSet<string> live = [.. Paths(manifest.Segments)];
        foreach (string file in Directory.EnumerateFiles(segments, "*.segment").Where(file => !live.Contains(file)).ToList())
            File.Delete(file);
    }

    private IEnumerable<string> Paths(IEnumerable<Segment> some) => some.Select(segment => PathOf(segment.Number));

    private string PathOf(long number) => Path.Combine(segments, $"{number:D10}.segment");
}

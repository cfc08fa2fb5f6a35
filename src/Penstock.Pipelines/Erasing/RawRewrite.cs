using System.Buffers;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Subjects;

namespace Penstock.Pipelines.Erasing;

/// <summary>A raw blob as it is without a subject.</summary>
internal sealed class RawRewrite : IDisposable
{
    private readonly RawBlobWriter _writer = new();
    private readonly List<ErasedRecord> _lines = [];

    private RawRewrite() { }

    /// <summary>The lines that are about the subject, as they were, opened.</summary>
    public IReadOnlyList<ErasedRecord> Lines => _lines;

    /// <summary>How many lines are replaced.</summary>
    public int Replaced { get; private set; }

    /// <summary>Whether lines were replaced before.</summary>
    public bool HasErased { get; private set; }

    /// <summary>How many lines stay, unreadable: all that names the subject in them is encrypted.</summary>
    public int Sealed { get; private set; }

    public static async ValueTask<RawRewrite> ReadAsync(
        ReadOnlyMemory<byte> content, ErasureScope scope, PipelineStream stream, IReadOnlyDictionary<SubjectId, byte[]?>? keys, CancellationToken cancellationToken)
    {
        var rewrite = new RawRewrite();
        using ErasureCheck check = scope.CheckOf(stream);
        byte[] erased = ErasedLine.Of(scope.Erasure.Id);
        var opened = new ArrayBufferWriter<byte>();
        await using var lines = new RawLines(new MemoryStream(content.ToArray()));
        for (long number = 1; await lines.FillAsync(cancellationToken);)
        {
            for (; lines.TryRead(out ReadOnlyMemory<byte> line); number++)
                rewrite.Take(number, line.Span, check, scope, keys, erased, opened);
        }

        return rewrite;
    }

    /// <summary>Its bytes.</summary>
    public ReadOnlyMemory<byte> Finish() => _writer.Finish();

    public void Dispose() => _writer.Dispose();

    private void Take(
        long number, ReadOnlySpan<byte> line, ErasureCheck check, ErasureScope scope, IReadOnlyDictionary<SubjectId, byte[]?>? keys, byte[] erased, ArrayBufferWriter<byte> opened)
    {
        if (ErasedLine.Is(line))
        {
            HasErased = true;
            _writer.Add(line);
            return;
        }

        bool isPlain = check.IsErased(line);
        ReadOnlySpan<byte> record = line;
        bool isSealed = keys is not null && RawSeal.IsIn(line);
        if (isSealed)
        {
            opened.ResetWrittenCount();
            RawSeal.Open(line, keys!, opened);
            record = opened.WrittenSpan;
        }

        bool isOwn = isSealed && RawSeal.SubjectsOf(line).All(scope.Everything.Contains);
        HasErased |= isOwn;
        if (!isPlain && !(isSealed && check.IsErased(record)))
        {
            _writer.Add(line);
            return;
        }

        _lines.Add(new ErasedRecord(number, record.ToArray()));
        if (isPlain || !isOwn)
        {
            Replaced++;
            _writer.Add(erased);
        }
        else
        {
            Sealed++;
            _writer.Add(line);
        }
    }
}

/// <summary>A record that is erased.</summary>
/// <param name="Number">Its line, from 1.</param>
/// <param name="Record">The record as it was landed, opened.</param>
internal sealed record ErasedRecord(long Number, byte[] Record);

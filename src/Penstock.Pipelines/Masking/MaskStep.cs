using System.Buffers;
using System.Security.Cryptography;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Masking;

/// <summary>Masks the records of one blob, and keeps what isn't masked out of quarantine.</summary>
/// <param name="mask">The rules.</param>
/// <param name="key">The masking key; null if nothing needs one.</param>
/// <param name="isKeyless">Whether records have no key.</param>
internal sealed class MaskStep(StreamMask mask, MaskKey? key, bool isKeyless) : IQuarantineGuard, IDisposable
{
    private const int DigestLength = 32;

    private readonly RecordMask _mask = new(mask, key);
    private readonly ArrayBufferWriter<byte> _masked = new(1024);
    private bool _hasFailed;

    public StepResult Apply(RecordContext context, ReadOnlySpan<byte> record, IBufferWriter<byte> rewritten)
    {
        _hasFailed = !TryWrite(record, rewritten, context.IsValid, context.AreNamesOnce);
        if (_hasFailed)
            return StepResult.SetAside(new Violation("json", "", "The record isn't a valid JSON object, so it can't be masked."));
        context.IsValid = true;
        if (isKeyless)
            context.Digest = Convert.ToHexStringLower(HMACSHA256.HashData(key!.Bytes.Span, record))[..DigestLength];
        return StepResult.Rewritten;
    }

    public void Guard(StepPlace reached, ReadOnlySpan<byte> record, IBufferWriter<byte> kept)
    {
        switch (reached)
        {
            case StepPlace.Mask when !_hasFailed:
                kept.Write(record);
                break;
            case StepPlace.Contract:
                _masked.ResetWrittenCount();
                if (TryWrite(record, _masked, isValid: false))
                    kept.Write(_masked.WrittenSpan);
                break;
            // Elsewhere it doesn't have the shape that the rules are made for.
        }
    }

    public void Dispose() => _mask.Dispose();

    private bool TryWrite(ReadOnlySpan<byte> record, IBufferWriter<byte> output, bool isValid, bool areNamesOnce = false)
    {
        try
        {
            return _mask.TryWrite(record, output, isValid, areNamesOnce);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return false;
        }
    }
}

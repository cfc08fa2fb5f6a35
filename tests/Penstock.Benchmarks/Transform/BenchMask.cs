using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Records;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Benchmarks.Transform;

/// <summary>Masks as much as a mask would: two keyed hashes and a redaction.</summary>
internal sealed class BenchMask : IRecordStepSource
{
    private static readonly byte[] Key = new byte[32];

    public const string Fields = "";

    public StepPlace Place => StepPlace.Mask;

    public static IServiceCollection AddTo(IServiceCollection services) => services.AddSingleton<IRecordStepSource, BenchMask>();

    public ValueTask<IRecordStepPlan?> PlanAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IRecordStepPlan?>(new Plan());

    private sealed class Plan : IRecordStepPlan
    {
        public IRecordStep Begin(BlobContext blob) => new Step();
    }

    private sealed class Step : IRecordStep
    {
        private readonly FieldFinder _fields = new([["name"], ["email"], ["phone"]]);
        private readonly Range[] _values = new Range[3];
        private readonly IncrementalHash _hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Key);

        public StepResult Apply(RecordContext context, ReadOnlySpan<byte> record, IBufferWriter<byte> rewritten)
        {
            _fields.Find(record, _values);
            int at = 0;
            Span<byte> token = stackalloc byte[32];
            for (int i = 0; i < 3; i++)
            {
                rewritten.Write(record[at.._values[i].Start.Value]);
                at = _values[i].End.Value;
                rewritten.Write("\""u8);
                if (i < 2)
                {
                    _hash.AppendData(record[_values[i]]);
                    _hash.GetHashAndReset(token);
                    Span<byte> text = rewritten.GetSpan(64);
                    Convert.TryToHexStringLower(token, text, out int length);
                    rewritten.Advance(length);
                }
                else
                    rewritten.Write("***"u8);

                rewritten.Write("\""u8);
            }

            rewritten.Write(record[at..]);
            return StepResult.Rewritten;
        }
    }
}

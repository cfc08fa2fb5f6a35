using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Folders;

namespace Penstock.Cli.LocalHost;

/// <summary>Says where everything is, which pipelines are broken, and what to try: lines that work when they are pasted.</summary>
/// <param name="options">How the host runs.</param>
/// <param name="url">Where it listens.</param>
/// <param name="places">Where the data is.</param>
/// <param name="now">The time, for an example of a past window.</param>
internal sealed class Welcome(LocalHostOptions options, Uri url, IEnumerable<string> places, DateTimeOffset now)
{
    private readonly string _root = url.GetLeftPart(UriPartial.Authority);
    private readonly string _key = options.Key is null ? "" : " -H \"x-functions-key: $KEY\"";

    /// <summary>The lines.</summary>
    public IEnumerable<string> Lines(IReadOnlyList<PipelineEntry> entries)
    {
        var usable = entries.OfType<UsablePipeline>().Select(entry => entry.Pipeline).ToList();
        var broken = entries.OfType<BrokenPipeline>().ToList();
        yield return $"penstock is up: {_root}";
        yield return $"  pipelines  {options.Pipelines}: {(entries.Count == 0 ? "none yet" : string.Join(", ", entries.Select(entry => entry.Name)))}";
        yield return $"  console    {_root}/console";
        foreach (string place in places)
            yield return $"  {place}";
        foreach (BrokenPipeline pipeline in broken)
        {
            yield return $"  broken     {pipeline.Name}: it doesn't run until this is mended; the others do";
            foreach (DefinitionProblem problem in pipeline.Problems)
                yield return $"             {problem}";
        }

        yield return "";
        yield return "Try (in another terminal):";
        if (options.Key is not null)
            yield return "  KEY=...   # the key that you gave with --key";
        yield return $"  curl{_key} {_root}/api/status";
        foreach (string line in usable.Where(pipeline => pipeline.Manifest is not null).Take(1).SelectMany(Pulled))
            yield return line;
        foreach (string line in usable.SelectMany(pipeline => pipeline.Streams, (pipeline, stream) => (pipeline, stream)).Where(one => one.stream.Reception is not null).Take(1)
            .SelectMany(one => Received(one.pipeline, one.stream)))
            yield return line;
        yield return "";
        yield return "Ctrl+C stops it; what is landed stays, and the next start goes on from there.";
    }

    private IEnumerable<string> Pulled(Pipeline pipeline)
    {
        yield return $"  curl{_key} -X POST {_root}/api/pipelines/{pipeline.Name}/runs";
        yield return $"  curl{_key} -X POST {_root}/api/backfills -H 'Content-Type: application/json' -d '{{\"pipeline\":\"{pipeline.Name}\",\"from\":\"{now.AddDays(-2):yyyy-MM-dd}\",\"to\":\"{now.AddDays(-1):yyyy-MM-dd}\"}}'";
    }

    private IEnumerable<string> Received(Pipeline pipeline, PipelineStream stream)
    {
        string record = SampleRecord.For(stream).Replace("'", "'\\''");
        if (stream.Reception?.EventHub is { } hub)
            yield return $"  curl{_key} -i {_root}/{hub}/messages -H 'Content-Type: application/json' -d '{record}'";
        if (stream.Reception?.Webhook is not { } webhook)
            yield break;
        yield return $"  body='{record}'";
        yield return $"  key=\"{KeyFrom(webhook.Secret)}\"";
        yield return $"  curl {_root}/ingest/{pipeline.Name}/{stream.Name} -H 'Content-Type: application/json' -d \"$body\" \\";
        yield return $"    -H \"{webhook.Header}: {webhook.Prefix}$(printf %s \"$body\" | openssl dgst -sha256 -hmac \"$key\" | sed 's/^.* //')\"";
    }

    // The secret itself is never shown: the shell takes it from where the host takes it.
    private string KeyFrom(string secret)
    {
        string variable = EnvironmentSecretStore.VariableName(secret);
        return !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable))
            ? $"${variable}"
            : $"$(sed -n 's/.*\"{secret}\" *: *\"\\([^\"]*\\)\".*/\\1/p' '{options.Secrets}')";
    }
}

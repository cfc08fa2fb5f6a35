using System.CommandLine;

namespace Penstock.Cli.Insight;

/// <summary>An argument that names a pipeline, or one of its streams.</summary>
internal static class StreamArgument
{
    public static Argument<string?> Create() => new("PIPELINE[/STREAM]")
    {
        Description = "One pipeline, or one of its streams. [default: all]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static (string? Pipeline, string? Stream) Split(string? text) => text?.Split('/', 2) switch
    {
        [var pipeline, var stream] => (pipeline, stream),
        [var pipeline] => (pipeline, null),
        _ => (null, null),
    };
}

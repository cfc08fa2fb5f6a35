using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Penstock.Http.Console;

/// <summary>The console's files, as they are embedded in this assembly: nothing is built for them and nothing is fetched from elsewhere.</summary>
internal static class ConsoleFiles
{
    private const string Prefix = "console/";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".txt"] = "text/plain; charset=utf-8",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly Lazy<FrozenDictionary<string, ConsoleFile>> All = new(Read);

    /// <summary>Finds a file by its path below <c>/console/</c>, or null.</summary>
    public static ConsoleFile? Find(string path) => All.Value.GetValueOrDefault(path);

    private static FrozenDictionary<string, ConsoleFile> Read()
    {
        Assembly assembly = typeof(ConsoleFiles).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            // Built on Windows, the folders in a resource's name end with a backslash.
            .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), name => Read(assembly, name), StringComparer.Ordinal);
    }

    private static ConsoleFile Read(Assembly assembly, string name)
    {
        using Stream resource = assembly.GetManifestResourceStream(name)!;
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        string tag = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16));
        return new ConsoleFile(content, Types[Path.GetExtension(name)], new EntityTagHeaderValue($"\"{tag}\""));
    }
}

/// <summary>A file of the console.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Type">Its media type.</param>
/// <param name="ETag">Names the content.</param>
internal sealed record ConsoleFile(byte[] Content, string Type, EntityTagHeaderValue ETag);

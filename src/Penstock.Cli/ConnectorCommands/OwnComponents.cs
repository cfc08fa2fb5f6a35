using System.CommandLine;
using System.Runtime.Loader;
using Penstock.Cli.CommandLine;
using Penstock.Connectors.Components;

namespace Penstock.Cli.ConnectorCommands;

/// <summary>Components of one's own, in assemblies that the command line names.</summary>
internal static class OwnComponents
{
    public static Option<string[]> Option() => new("--components")
    {
        Description = "An assembly (.dll) with connector components of your own in C#; any number of them. Its code runs with your rights.",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Loads the assemblies; null if it has told what is wrong.</summary>
    public static IReadOnlyList<ComponentRegistration>? Load(IEnumerable<string> files, Surroundings surroundings)
    {
        var found = new List<ComponentRegistration>();
        foreach (string file in files)
        {
            try
            {
                string path = surroundings.FullPath(file);
                IReadOnlyList<ComponentRegistration> own = ConnectorComponentAttribute.FindIn(new Context(path).LoadFromAssemblyPath(path));
                if (own.Count == 0)
                    surroundings.Error.WriteLine($"warning: '{file}' has no class that is marked with [ConnectorComponent(\"…\")].");
                found.AddRange(own);
            }
            catch (Exception e) when (e is IOException or InvalidOperationException or BadImageFormatException or UnauthorizedAccessException or ArgumentException or System.Reflection.ReflectionTypeLoadException)
            {
                Failure.Report(surroundings, $"The components in '{file}' can't be loaded: {e.Message}", "Give a .NET assembly that references Penstock.Connectors; see docs/connectors.md.");
                return null;
            }
        }

        return found;
    }

    // Its own packages lie beside it; what this process has already, it shares.
    private sealed class Context(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
    {
        private readonly AssemblyDependencyResolver _resolver = new(path);

        protected override System.Reflection.Assembly? Load(System.Reflection.AssemblyName name) =>
            Default.Assemblies.All(known => known.GetName().Name != name.Name) && _resolver.ResolveAssemblyToPath(name) is { } file ? LoadFromAssemblyPath(file) : null;
    }
}

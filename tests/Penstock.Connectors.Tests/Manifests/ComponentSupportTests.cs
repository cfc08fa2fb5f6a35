using System.Text.RegularExpressions;
using Penstock.Connectors.Manifests;

namespace Penstock.Connectors.Tests.Manifests;

public partial class ComponentSupportTests
{
    private const string Begin = "<!-- begin of the table that the code makes (ComponentSupport) -->\n";
    private const string End = "<!-- end of the table -->";

    /// <summary>PENSTOCK_WRITE_DOCS=1 writes the table instead of comparing it.</summary>
    [Fact]
    public async Task the_documented_table_is_what_the_code_says()
    {
        var file = SharedFolder.InRepository("docs/connectors.md");
        var docs = (await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n");
        var (begin, end) = (docs.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, docs.IndexOf(End, StringComparison.Ordinal));
        Assert.InRange(begin, Begin.Length, end);
        if (Environment.GetEnvironmentVariable("PENSTOCK_WRITE_DOCS") == "1") await File.WriteAllTextAsync(file, docs[..begin] + ComponentSupport.Table() + docs[end..]);
        else Assert.Equal(ComponentSupport.Table(), docs[begin..end]);
    }

    /// <summary>The format has 133 definitions; where its schema lies beside the repository, each by name is looked for.</summary>
    [Fact]
    public async Task no_definition_of_the_schema_is_forgotten()
    {
        Assert.InRange(ComponentSupport.Definitions.Count(), 133, int.MaxValue);
        foreach (var file in SharedFolder.Files("corpus", "declarative_component_schema.yaml"))
        {
            var text = await File.ReadAllTextAsync(file);
            var definitions = Definition().Matches(text[text.IndexOf("\ndefinitions:", StringComparison.Ordinal)..]).Select(match => match.Groups["name"].Value).ToList();
            Assert.Equal(133, definitions.Count);
            Assert.Empty(definitions.Except(ComponentSupport.Definitions));
        }
    }

    [Fact]
    public void what_is_a_component_is_either_read_or_said_not_to_be()
    {
        // The names of types stand in the readers as texts: a type in the table that no reader knows would be a promise.
        var readers = string.Concat(Directory.EnumerateFiles(SharedFolder.InRepository("src/Penstock.Connectors"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.EndsWith("ComponentTypes.cs", StringComparison.Ordinal) && !file.EndsWith("ComponentSupport.cs", StringComparison.Ordinal))
            .Select(File.ReadAllText));
        var unread = ComponentTypes.All.Where(type => !readers.Contains(type, StringComparison.Ordinal)).ToHashSet();
        Assert.Empty(unread.Where(type => !ComponentSupport.Table().Contains($"| {type} | no |", StringComparison.Ordinal)).Except(ReadByTheirFields));
    }

    // Components that only one place can hold are read by their fields, whatever they are called.
    private static readonly string[] ReadByTheirFields =
    [
        "ComplexFieldType", "ConfigMigration", "ConfigNormalizationRules", "DynamicStreamCheckConfig", "GroupByKeyMergeStrategy", "HTTPAPIBudget",
        "JsonSchemaPropertySelector", "KeyTransformation", "PaginationResetLimits", "PropertiesFromEndpoint", "QuotaStatusSource", "RequestBodyPlainText",
        "RequestBodyUrlEncodedForm", "StreamParametersDefinition",
    ];

    [GeneratedRegex("^  (?<name>[A-Z][A-Za-z]+):$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 30_000)]
    private static partial Regex Definition();
}

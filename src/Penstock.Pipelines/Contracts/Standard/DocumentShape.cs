using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Contracts.Standard;

/// <summary>An ODCS 3.1 document (https://bitol-io.github.io/open-data-contract-standard, its JSON Schema of v3.1.0).</summary>
internal static class DocumentShape
{
    private static readonly MapShape Member = new MapShape()
        .With("id", Common.StableId)
        .With(Common.Text, "username", "name", "description", "role", "replacedByUsername")
        .With(Common.Date, "dateIn", "dateOut")
        .With("tags", Common.Texts)
        .With("customProperties", Common.CustomProperties)
        .With("authoritativeDefinitions", Common.AuthoritativeDefinitions)
        .Requires("username");

    private static readonly MapShape Team = new MapShape()
        .With("id", Common.StableId)
        .With(Common.Text, "name", "description")
        .With("members", new ListShape(Member))
        .With("tags", Common.Texts)
        .With("customProperties", Common.CustomProperties)
        .With("authoritativeDefinitions", Common.AuthoritativeDefinitions);

    private static readonly MapShape Support = new MapShape()
        .With("id", Common.StableId)
        .With(Common.Text, "channel", "url", "description", "tool", "scope", "invitationUrl")
        .With("customProperties", Common.CustomProperties)
        .Requires("channel");

    private static readonly MapShape ServiceLevel = new MapShape()
        .With("id", Common.StableId)
        .With(Common.Text, "property", "unit", "element", "driver", "description", "scheduler", "schedule")
        .With(new PlainShape(), "value", "valueExt")
        .Requires("property", "value");

    private static readonly MapShape Description = new MapShape()
        .With(Common.Text, "usage", "purpose", "limitations")
        .With("authoritativeDefinitions", Common.AuthoritativeDefinitions)
        .With("customProperties", Common.CustomProperties)
        .Open();

    private static readonly MapShape Document = new MapShape()
        .With("apiVersion", TextShape.OneOf("v3.1.0", "v3.0.2", "v3.0.1", "v3.0.0", "v2.2.2", "v2.2.1", "v2.2.0"))
        .With("kind", TextShape.OneOf("DataContract"))
        .With(Common.Text, "version", "id", "name", "tenant", "status", "dataProduct", "domain", "slaDefaultElement")
        .With("tags", Common.Texts)
        .With("servers", new ListShape(ServerShape.Server))
        .With("description", Description)
        .With("schema", new ListShape(SchemaShape.Object))
        .With("support", new ListShape(Support))
        .With("price", new MapShape().With("id", Common.StableId).With("priceAmount", Common.Number).With(Common.Text, "priceCurrency", "priceUnit"))
        .With("team", new EitherShape(Team, new ListShape(Member)))
        .With("roles", new ListShape(Common.Role))
        .With("slaProperties", new ListShape(ServiceLevel))
        .With("authoritativeDefinitions", Common.AuthoritativeDefinitions)
        .With("customProperties", Common.CustomProperties)
        .With("contractCreatedTs", Common.Instant)
        .Requires("apiVersion", "kind", "id", "version", "status");

    /// <summary>Adds everything in which a document isn't as the standard says.</summary>
    public static void Check(YamlNode root, Problems problems) => Document.Check(root, "", problems);
}

using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Contracts.Standard;

/// <summary>Servers. Penstock doesn't connect to them; a document that names one wrongly is rejected all the same.</summary>
internal static class ServerShape
{
    // What each type of server has; an asterisk marks what must be there.
    private static readonly Dictionary<string, MapShape> OfTypes = new Dictionary<string, string>
    {
        ["api"] = "location*",
        ["athena"] = "stagingDir* schema* catalog regionName",
        ["azure"] = "location* format* delimiter",
        ["bigquery"] = "project* dataset*",
        ["clickhouse"] = "host* port* database*",
        ["databricks"] = "host catalog* schema*",
        ["denodo"] = "host* port* database",
        ["dremio"] = "host* port* schema",
        ["duckdb"] = "database* schema",
        ["glue"] = "account* database* location format",
        ["cloudsql"] = "host* port* database* schema*",
        ["db2"] = "host* port* database* schema",
        ["hive"] = "host* port database*",
        ["impala"] = "host* port database*",
        ["informix"] = "host* port database*",
        ["kafka"] = "host* format",
        ["kinesis"] = "region format",
        ["local"] = "path* format*",
        ["mysql"] = "host* port* database*",
        ["oracle"] = "host* port* serviceName*",
        ["postgresql"] = "host* port* database* schema*",
        ["postgres"] = "host* port* database* schema*",
        ["presto"] = "host* catalog schema",
        ["pubsub"] = "project*",
        ["redshift"] = "host database* schema* region account",
        ["s3"] = "location* endpointUrl format delimiter",
        ["sftp"] = "location* format delimiter",
        ["snowflake"] = "host port account* database* schema* warehouse",
        ["sqlserver"] = "host* port database* schema*",
        ["synapse"] = "host* port* database*",
        ["trino"] = "host* port* catalog* schema*",
        ["vertica"] = "host* port* database* schema*",
        ["zen"] = "host* port database*",
        ["custom"] = "account catalog database dataset delimiter endpointUrl format host location path port project region regionName schema "
            + "serviceName stagingDir warehouse stream",
    }.ToDictionary(pair => pair.Key, pair => Fields(pair.Key, pair.Value));

    public static readonly MapShape Server = new MapShape()
        .With("id", Common.StableId)
        .With(Common.Text, "server", "description", "environment")
        .With("type", TextShape.OneOf([.. OfTypes.Keys]))
        .With("roles", new ListShape(Common.Role))
        .With("customProperties", Common.CustomProperties)
        .Also(map => map.Find("type") is YamlScalar type ? OfTypes.GetValueOrDefault(type.Text) : null)
        .Requires("server", "type");

    private static MapShape Fields(string type, string names)
    {
        var shape = new MapShape();
        foreach (string name in names.Split(' '))
        {
            shape.With(name.TrimEnd('*'), ShapeOf(type, name.TrimEnd('*')));
            if (name.EndsWith('*'))
                shape.Requires(name.TrimEnd('*'));
        }

        return shape;
    }

    private static Shape ShapeOf(string type, string name) => name switch
    {
        "port" => Common.Whole,
        "location" when type == "sftp" => TextShape.Of(
            "an address that begins with sftp://", text => text.StartsWith("sftp://", StringComparison.Ordinal) && Common.IsUri(text)),
        "location" or "endpointUrl" => Common.Uri,
        "stagingDir" when type == "athena" => Common.Uri,
        _ => Common.Text,
    };
}

using Penstock.Connectors.Components;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Cursors;

/// <summary>A stream's <c>state_migrations</c>.</summary>
internal static class StateMigrations
{
    /// <summary>Reads them; what can't work is reported.</summary>
    /// <param name="stream">The stream's node.</param>
    /// <param name="connector">What the connector's streams share.</param>
    public static IReadOnlyList<IStateMigration> Read(ManifestNode stream, ConnectorScope connector) =>
        [.. stream.List("state_migrations").Select(node => One(node, stream, connector)).OfType<IStateMigration>()];

    /// <summary>Brings a state through all migrations that it needs.</summary>
    public static DictValue Apply(IReadOnlyList<IStateMigration> migrations, DictValue state)
    {
        foreach (var migration in migrations)
            if (migration.ShouldMigrate(state)) state = migration.Migrate(state);
        return state;
    }

    private static IStateMigration? One(ManifestNode node, ManifestNode stream, ConnectorScope connector)
    {
        if (node.Type == "LegacyToPerPartitionStateMigration") return LegacyToPerPartition.Read(node, stream, connector);
        if (CustomComponent.IsRegistered(node)) return CustomComponent.Make<IStateMigration>(node, connector, other => One(other, stream, connector));
        if (CustomComponent.Is(node)) CustomComponent.TellUnregistered(node);
        else node.Unsupported("LegacyToPerPartitionStateMigration");
        return null;
    }
}

/// <summary>
/// <c>LegacyToPerPartitionStateMigration</c>: <c>{"13506132": {"last_changed": …}}</c>, a cursor for each parent, becomes Airbyte's
/// form with a state for each partition.
/// </summary>
/// <param name="partitionField">The partition's field.</param>
/// <param name="cursorField">The cursor's field.</param>
internal sealed class LegacyToPerPartition(string partitionField, string cursorField) : IStateMigration
{
    /// <summary>Reads the migration; null (and reported, if it is a mistake) if it has nothing to do.</summary>
    public static LegacyToPerPartition? Read(ManifestNode node, ManifestNode stream, ConnectorScope connector)
    {
        var router = stream.Child("retriever")?.Child("partition_router");
        var cursor = stream.Child("incremental_sync")?.Template("cursor_field")?.EvaluateText(connector.Context);
        var isUnion = router?.Type == "UnionPartitionRouter";
        var parents = router?.List("parent_stream_configs") ?? [];
        var field = isUnion ? router!.Template("partition_field") : parents is [var parent, ..] ? parent.Template("partition_field") : null;
        if (router is null || cursor is null || field is null)
        {
            node.Error("This migration needs a cursor, and a partition router with parents.", "Leave it out, or add incremental_sync and a SubstreamPartitionRouter.");
            return null;
        }

        // With several parents it can't be told whose the old keys are.
        return isUnion || parents.Count == 1 ? new(field.EvaluateText(connector.Context), cursor) : null;
    }

    public bool ShouldMigrate(DictValue state) =>
        state.Length > 0 && !state.TryGet("states", out _) && state.Entries.Values.All(value => value.AsDict is { Length: 1 } one && one.TryGet(cursorField, out _));

    public DictValue Migrate(DictValue state) => new()
    {
        ["states"] = new ListValue(state.Entries.Select(entry => (Value)new DictValue
        {
            ["partition"] = new DictValue { [partitionField] = entry.Key },
            ["cursor"] = entry.Value,
        })),
    };
}

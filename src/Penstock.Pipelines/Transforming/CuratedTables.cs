using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Transforming;

/// <summary>Which curated tables a stream has.</summary>
public static class CuratedTables
{
    /// <summary>The stream's own table, then one for each exploded list; a record's items have the record's key in it.</summary>
    public static IReadOnlyList<CuratedTable> Of(Pipeline pipeline, PipelineStream stream)
    {
        bool isAppend = stream.History.Mode == HistoryMode.Append;
        bool knowsDeletions = stream.Deletes is not null || stream.Envelope is EnvelopeKind.Auto or EnvelopeKind.Debezium;
        var own = new CuratedTable(pipeline.Name, stream.Name)
        {
            History = stream.History.Mode,
            KeepsDeleted = stream.Deletes is { Flags: true } || (isAppend && knowsDeletions),
        };
        return [own, .. stream.Shape.Lists.Select(list => own with { Stream = list.Table, KeepsDeleted = own.KeepsDeleted && !isAppend, IsExploded = true })];
    }
}

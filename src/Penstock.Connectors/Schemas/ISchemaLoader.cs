using Penstock.Connectors.Values;

namespace Penstock.Connectors.Schemas;

/// <summary>Finds a stream's JSON Schema.</summary>
public interface ISchemaLoader
{
    /// <summary>The schema; asked for once.</summary>
    /// <param name="cancellationToken">Ends the finding.</param>
    ValueTask<DictValue> LoadAsync(CancellationToken cancellationToken);
}

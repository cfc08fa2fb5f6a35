using Penstock.Connectors.Values;

namespace Penstock.Connectors.Cursors;

/// <summary>Brings a stream's state of an older version into today's form.</summary>
public interface IStateMigration
{
    /// <summary>Whether a state is in the old form.</summary>
    /// <param name="state">The stream's state.</param>
    bool ShouldMigrate(DictValue state);

    /// <summary>The state in today's form.</summary>
    /// <param name="state">The state in the old form; not to be changed.</param>
    DictValue Migrate(DictValue state);
}

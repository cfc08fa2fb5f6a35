using Penstock.Connectors.Values;

namespace Penstock.Connectors.Configs;

/// <summary>Changes a config before it is validated and used.</summary>
public interface IConfigTransformation
{
    /// <summary>Changes the config in place.</summary>
    /// <param name="config">A copy of the config; it holds secrets.</param>
    void Apply(DictValue config);
}

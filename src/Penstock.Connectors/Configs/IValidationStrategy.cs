using Penstock.Connectors.Values;

namespace Penstock.Connectors.Configs;

/// <summary>Says whether a value of a config can be used.</summary>
public interface IValidationStrategy
{
    /// <summary>What is wrong with a value; empty if nothing is. The value may be a secret: never tell it.</summary>
    /// <param name="value">The value.</param>
    IReadOnlyList<ConfigProblem> Check(Value value);
}

namespace Penstock.Connectors.Authentication;

/// <summary>
/// Keeps the tokens that a source renewed (OAuth's single-use refresh tokens): without it the next process would hold a used
/// token.
/// </summary>
public interface ITokenStore
{
    /// <summary>Keeps new values of the config before they are used.</summary>
    /// <param name="changes">The changed fields: a path into the config, and the new value. Values are secrets.</param>
    /// <param name="cancellationToken">Ends the keeping.</param>
    ValueTask SaveAsync(IReadOnlyList<ConfigChange> changes, CancellationToken cancellationToken = default);
}

/// <summary>A new value of a field of the config.</summary>
/// <param name="Path">The field's path, for example <c>credentials</c>, <c>refresh_token</c>.</param>
/// <param name="Value">The new value.</param>
public sealed record ConfigChange(IReadOnlyList<string> Path, string Value)
{
    /// <summary>The path only: the value is a secret.</summary>
    public override string ToString() => string.Join('.', Path);
}

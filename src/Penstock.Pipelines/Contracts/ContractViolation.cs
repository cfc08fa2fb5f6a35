namespace Penstock.Pipelines.Contracts;

/// <summary>One way in which a record breaks its contract. It names the contract's words only, never a value of the record.</summary>
/// <param name="Path">The property, for example <c>address.city</c> or <c>items[3].price</c>; empty for the record itself.</param>
/// <param name="Rule">What the record must be, for example <c>must be an integer</c>.</param>
public sealed record ContractViolation(string Path, string Rule)
{
    /// <summary><c>path rule</c>.</summary>
    public override string ToString() => Path.Length == 0 ? $"the record {Rule}" : $"{Path} {Rule}";
}

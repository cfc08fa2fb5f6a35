namespace Penstock.Pipelines.Contracts;

/// <summary>What the records of a stream must be: the part of an Open Data Contract Standard document that Transform checks.</summary>
/// <param name="Id">The contract's id.</param>
/// <param name="Version">The contract's version.</param>
/// <param name="Properties">The properties of the stream's object.</param>
public sealed record Contract(string Id, string Version, IReadOnlyList<ContractProperty> Properties)
{
    /// <summary>The names of the top-level properties that are the primary key, in the order of their positions; empty if there is none.</summary>
    public IReadOnlyList<string> PrimaryKey { get; } =
        [.. Properties.Where(property => property.PrimaryKeyPosition is not null).OrderBy(property => property.PrimaryKeyPosition).Select(property => property.Name)];
}

/// <summary>One property of a contract.</summary>
public sealed record ContractProperty
{
    /// <summary>The property's name in the record.</summary>
    public required string Name { get; init; }

    /// <summary>ODCS <c>logicalType</c>; <see cref="LogicalType.Any"/> if the contract gives none.</summary>
    public LogicalType Type { get; init; } = LogicalType.Any;

    /// <summary>Whether it must be there and not null; default false.</summary>
    public bool Required { get; init; }

    /// <summary>Its place in the primary key, from 1; null if it isn't part of the key.</summary>
    public int? PrimaryKeyPosition { get; init; }

    /// <summary>ODCS <c>classification</c>, for example <c>personal</c>; empty if none is given.</summary>
    public string Classification { get; init; } = "";

    /// <summary>The properties of an object; empty if they aren't declared.</summary>
    public IReadOnlyList<ContractProperty> Properties { get; init; } = [];

    /// <summary>What the items of an array must be; null if it isn't declared.</summary>
    public ContractProperty? Items { get; init; }
}

/// <summary>ODCS 3.1 logical types.</summary>
public enum LogicalType
{
    /// <summary>No type is declared.</summary>
    Any,

    /// <summary>A text.</summary>
    String,

    /// <summary>A calendar date, ISO 8601.</summary>
    Date,

    /// <summary>An instant, ISO 8601 with an offset.</summary>
    Timestamp,

    /// <summary>A time of day, ISO 8601.</summary>
    Time,

    /// <summary>Any number.</summary>
    Number,

    /// <summary>A number without a fraction.</summary>
    Integer,

    /// <summary>An object.</summary>
    Object,

    /// <summary>An array.</summary>
    Array,

    /// <summary>True or false.</summary>
    Boolean,
}

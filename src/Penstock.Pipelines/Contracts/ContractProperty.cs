namespace Penstock.Pipelines.Contracts;

/// <summary>One property of a contract.</summary>
public sealed record ContractProperty
{
    /// <summary>The property's name in the record; may be empty for the items of an array.</summary>
    public required string Name { get; init; }

    /// <summary>ODCS <c>logicalType</c>; <see cref="LogicalType.Any"/> if the contract gives none.</summary>
    public LogicalType Type { get; init; } = LogicalType.Any;

    /// <summary>ODCS <c>logicalTypeOptions</c>.</summary>
    public ValueOptions Options { get; init; } = ValueOptions.None;

    /// <summary>Which other spellings of a value are taken and written as the contract has them; default none.</summary>
    public Coercion Coercion { get; init; } = Coercion.None;

    /// <summary>Whether it must be there and not null; default false.</summary>
    public bool Required { get; init; }

    /// <summary>Whether no two records may have the same value; default false.</summary>
    public bool Unique { get; init; }

    /// <summary>Its place in the primary key, from 1; null if it isn't part of the key.</summary>
    public int? PrimaryKeyPosition { get; init; }

    /// <summary>ODCS <c>classification</c>, for example <c>personal</c>; empty if none is given.</summary>
    public string Classification { get; init; } = "";

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

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

/// <summary>
/// Which other spellings of a property's values are taken and written as the contract has them: the custom property <c>coerce</c>.
/// What is lost by it is nothing: a value that has no exact counterpart goes to quarantine.
/// </summary>
public enum Coercion
{
    /// <summary>None: a text isn't a number, whatever it holds.</summary>
    None,

    /// <summary><c>coerce: true</c>: texts of numbers, booleans and moments; numbers and booleans as texts.</summary>
    Exact,

    /// <summary><c>coerce: epoch_seconds</c>: as exact, and numbers count seconds from 1970-01-01T00:00:00Z.</summary>
    EpochSeconds,

    /// <summary><c>coerce: epoch_milliseconds</c>: as exact, and numbers count milliseconds from 1970-01-01T00:00:00Z.</summary>
    EpochMilliseconds,
}

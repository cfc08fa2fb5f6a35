namespace Penstock.Connectors.Values;

/// <summary>The family of an error, named after Python's exceptions.</summary>
public enum ValueErrorKind
{
    /// <summary>An operation on a type that doesn't have it.</summary>
    Type,

    /// <summary>An operation on an undefined value.</summary>
    Undefined,

    /// <summary>A template that names a variable that isn't there.</summary>
    UndeclaredVariable,

    /// <summary>A template that names a variable that is no longer supported.</summary>
    UnsupportedVariable,

    /// <summary>A context that defines a name which the language keeps for itself.</summary>
    ReservedVariable,

    /// <summary>A template that can't be parsed.</summary>
    Syntax,

    /// <summary>A filter or a test that doesn't exist.</summary>
    UnknownFilterOrTest,

    /// <summary>A forbidden access or a limit of the sandbox.</summary>
    Security,

    /// <summary>A right type with a wrong value.</summary>
    Value,

    /// <summary>A key that isn't there.</summary>
    Key,

    /// <summary>An index out of range.</summary>
    Index,

    /// <summary>An attribute that isn't there.</summary>
    Attribute,

    /// <summary>A division by zero.</summary>
    ZeroDivision,

    /// <summary>A number or a date out of range.</summary>
    Overflow,

    /// <summary>A text that can't be encoded or decoded.</summary>
    Unicode,

    /// <summary>A regular expression that can't be compiled or took too long.</summary>
    Regex,

    /// <summary>A value that contains itself or is nested too deeply.</summary>
    Recursion,
}

/// <summary>An operation on values failed. The message names types and limits, never contents.</summary>
public sealed class ValueException : Exception
{
    /// <summary>Makes an error of a family.</summary>
    public ValueException(ValueErrorKind kind, string message)
        : base(message) => Kind = kind;

    /// <summary>The family of the error.</summary>
    public ValueErrorKind Kind { get; }

    internal static ValueException Type(string message) => new(ValueErrorKind.Type, message);

    internal static ValueException Bad(string message) => new(ValueErrorKind.Value, message);

    internal static ValueException Overflow(string message) => new(ValueErrorKind.Overflow, message);

    internal static ValueException Security(string message) => new(ValueErrorKind.Security, message);
}

namespace Penstock.Pipelines.Subjects;

/// <summary>Whose records a stream has: where a record says which person it is about.</summary>
/// <param name="Paths">At least one. A record is about everybody that one of them names.</param>
/// <param name="Returning">What becomes of records of an erased subject that are newer than the erasure.</param>
public sealed record StreamSubject(IReadOnlyList<SubjectPath> Paths, ReturningSubject Returning = ReturningSubject.Block)
{
    /// <summary>The kinds of names that its paths hold.</summary>
    public IReadOnlyList<string> Kinds { get; } = [.. Paths.Select(path => path.Kind).Distinct()];
}

/// <summary>A path that names a subject.</summary>
/// <param name="Kind">What kind of name it is, for example <c>email</c>: names of one kind mean one subject in all streams.</param>
/// <param name="Path">The path into the record; arrays on the way don't count.</param>
public sealed record SubjectPath(string Kind, string Path)
{
    /// <summary>The kind of a path whose stream gives none.</summary>
    public const string DefaultKind = "subject";
}

/// <summary>What becomes of records of an erased subject that are newer than the erasure.</summary>
public enum ReturningSubject
{
    /// <summary>They are left out, as all others.</summary>
    Block,

    /// <summary>They are taken if their version is an instant after the erasure: the subject has come back.</summary>
    Accept,
}

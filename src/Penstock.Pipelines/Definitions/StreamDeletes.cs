namespace Penstock.Pipelines.Definitions;

/// <summary>How records are deleted.</summary>
/// <param name="When">A condition over <c>record</c>: what it holds for says that the record of its key is gone; null for none.</param>
/// <param name="Flags">Whether a deleted record's last row stays, marked; default it is removed.</param>
/// <param name="Missing">Whether a record is gone that a complete run doesn't bring any more: for streams that are read whole each time.</param>
/// <param name="AllowsEmpty">Whether a run that read nothing at all says that everything is gone.</param>
public sealed record StreamDeletes(string? When = null, bool Flags = false, bool Missing = false, bool AllowsEmpty = false);

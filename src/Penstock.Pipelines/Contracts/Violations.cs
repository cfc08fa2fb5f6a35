namespace Penstock.Pipelines.Contracts;

/// <summary>The violations of one record so far. Paths are built on the way back up, so that a good record costs nothing.</summary>
internal struct Violations
{
    private List<ContractViolation>? _found;

    public readonly int Count => _found?.Count ?? 0;

    public readonly IReadOnlyList<ContractViolation> Found => _found ?? (IReadOnlyList<ContractViolation>)[];

    public void Add(string path, string rule)
    {
        if (Count < RecordContract.MaxViolations)
            (_found ??= []).Add(new(path, rule));
    }

    /// <summary>Puts the parent's name before the paths of the violations from <paramref name="first"/> on.</summary>
    public readonly void Within(string parent, int first)
    {
        for (int i = first; i < Count; i++)
        {
            ContractViolation inner = _found![i];
            string joint = inner.Path.Length == 0 || inner.Path[0] == '[' ? "" : ".";
            _found[i] = inner with { Path = parent + joint + inner.Path };
        }
    }
}

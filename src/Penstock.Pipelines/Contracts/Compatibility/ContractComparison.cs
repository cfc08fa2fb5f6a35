using Penstock.Pipelines.Contracts.Values;

namespace Penstock.Pipelines.Contracts.Compatibility;

/// <summary>Compares an old and a new contract: each change, and whether old data and old readers can live with it.</summary>
public sealed class ContractComparison
{
    private readonly List<ContractChange> _changes = [];

    private ContractComparison() { }

    /// <summary>Compares two contracts of one object.</summary>
    public static ContractDiff Of(Contract old, Contract changed)
    {
        var comparison = new ContractComparison();
        comparison.Properties(old.Properties, changed.Properties, "");
        if (!old.PrimaryKey.SequenceEqual(changed.PrimaryKey))
        {
            comparison.Break("primaryKey", $"({string.Join(", ", old.PrimaryKey)}) became ({string.Join(", ", changed.PrimaryKey)})",
                "Records are told apart by other columns: curated outputs hold others than before.");
        }

        comparison.Rules(old, changed);
        comparison.Promises(old, changed);
        return new ContractDiff(comparison._changes);
    }

    private void Properties(IReadOnlyList<ContractProperty> old, IReadOnlyList<ContractProperty> changed, string path)
    {
        foreach (ContractProperty before in old)
        {
            string own = path + before.Name;
            if (changed.FirstOrDefault(one => one.Name == before.Name) is { } after)
                Property(before, after, own);
            else if (before.Required)
                Widen(own, "was removed, and was required", "Readers rely on it, and new records needn't have it any more.");
            else
                Same(own, "was removed", "It was optional: readers had to do without it before. The drift policy says what becomes of it if it still comes.");
        }

        foreach (ContractProperty added in changed.Where(one => old.All(before => before.Name != one.Name)))
        {
            if (added.Required)
                Narrow(path + added.Name, "was added, and is required", "Old records don't have it.");
            else if (added.Type != LogicalType.Any || added.Options != ValueOptions.None)
                Narrow(path + added.Name, $"was added as {NameOf(added.Type)}", "It wasn't declared: old records may have had it with another type.", isCertain: false);
            else
                Same(path + added.Name, "was added", "It is optional and may be anything.");
        }
    }

    private void Property(ContractProperty old, ContractProperty changed, string path)
    {
        if (old.Required != changed.Required)
            Set(changed.Required, path, "required", "Old records may lack it.", "New records may lack it, and readers rely on it.");
        if (old.Unique != changed.Unique)
            Set(changed.Unique, path, "unique", "Old records may share a value.", "New records may share a value, and readers rely on it.");
        Type(old, changed, path);
        Options(old, changed, path);
        if (old.Classification != changed.Classification)
            Same(path, $"classification '{old.Classification}' became '{changed.Classification}'", "Values are the same; look at what masks them.");
        if (old.Properties.Count > 0 || changed.Properties.Count > 0)
            Properties(old.Properties, changed.Properties, path + ".");
        if (old.Items is { } before && changed.Items is { } after)
            Property(before, after, path + "[]");
        else if (changed.Items is not null)
            Narrow(path, "items were declared", "Old records may have others.");
        else if (old.Items is not null)
            Widen(path, "items aren't declared any more", "New records may have others.");
    }

    private void Type(ContractProperty old, ContractProperty changed, string path)
    {
        if (old.Coercion != changed.Coercion)
        {
            string change = $"coerce {Lower(old.Coercion)} became {Lower(changed.Coercion)}";
            if (changed.Coercion == Coercion.None)
                Narrow(path, change, "Old records may have other spellings.");
            else
                Same(path, change, "Curated values have the declared type as before.");
        }

        if (old.Type == changed.Type)
            return;
        string types = $"{NameOf(old.Type)} became {NameOf(changed.Type)}";
        if (Includes(changed.Type, old.Type))
            Widen(path, types, $"New records may hold what isn't {NameOf(old.Type)}.");
        else if (Includes(old.Type, changed.Type))
            Narrow(path, types, $"Old records may hold what isn't {NameOf(changed.Type)}.");
        else
            Break(path, types, "No value is of both types.");
    }

    private static bool Includes(LogicalType wide, LogicalType narrow) =>
        wide == LogicalType.Any || (wide == LogicalType.Number && narrow == LogicalType.Integer)
        || (wide == LogicalType.String && narrow is LogicalType.Date or LogicalType.Time or LogicalType.Timestamp);

    private void Options(ContractProperty old, ContractProperty changed, string path)
    {
        ValueOptions a = old.Options;
        ValueOptions b = changed.Options;
        bool areSame = old.Type == changed.Type || (old.Type, changed.Type) is (LogicalType.Integer, LogicalType.Number) or (LogicalType.Number, LogicalType.Integer);
        Least(path, "minLength", a.MinLength, b.MinLength);
        Most(path, "maxLength", a.MaxLength, b.MaxLength);
        Least(path, "least count", a.MinCount, b.MinCount);
        Most(path, "greatest count", a.MaxCount, b.MaxCount);
        Bound(path, "minimum", a.Least, b.Least, areSame ? Compare(old.Type, a.Least, b.Least) : null, raisingNarrows: true);
        Bound(path, "maximum", a.Most, b.Most, areSame ? Compare(old.Type, a.Most, b.Most) : null, raisingNarrows: false);
        Text(path, "pattern", a.Pattern?.ToString(), b.Pattern?.ToString());
        Text(path, "format", a.Format, b.Format);
        Text(path, "multipleOf", a.MultipleOf, b.MultipleOf);
        if (a.UniqueItems != b.UniqueItems)
            Set(b.UniqueItems, path, "uniqueItems", "Old records may have an item twice.", "New records may have an item twice.");
    }

    private void Rules(Contract old, Contract changed)
    {
        foreach (QualityRule before in old.Rules.Where(rule => !rule.Name.EndsWith(".unique", StringComparison.Ordinal)))
        {
            if (changed.Rules.FirstOrDefault(rule => rule.Name == before.Name && rule.Path == before.Path) is not { } after)
                Quality(before, $"rule {before.Name} was removed", tightens: false);
            else if (Tell(before) != Tell(after))
                Quality(after, $"rule {before.Name}: {Tell(before)} became {Tell(after)}", tightens: null);
        }

        foreach (QualityRule added in changed.Rules.Where(rule => !rule.Name.EndsWith(".unique", StringComparison.Ordinal)
            && old.Rules.All(before => before.Name != rule.Name || before.Path != rule.Path)))
            Quality(added, $"rule {added.Name} was added: {Tell(added)}", tightens: true);
    }

    // Only rules of severity error are promises; the others are told.
    private void Quality(QualityRule rule, string change, bool? tightens)
    {
        string path = rule.Path.Length == 0 ? "quality" : rule.Path;
        if (rule.Severity != "error")
            Same(path, change, $"Its severity is {rule.Severity}: it is told, and no record is set aside.");
        else if (tightens is null)
            Break(path, change, "Old records may break the new rule, and new ones the old rule.");
        else if (tightens.Value)
            Narrow(path, change, "Old records may break it.");
        else
            Widen(path, change, "New records may break it, and readers rely on it.");
    }

    private void Promises(Contract old, Contract changed)
    {
        foreach (string name in old.ServiceLevels.Concat(changed.ServiceLevels).Select(level => level.Property).Distinct())
        {
            TimeSpan? before = old.ServiceLevels.FirstOrDefault(level => level.Property == name)?.Value;
            TimeSpan? after = changed.ServiceLevels.FirstOrDefault(level => level.Property == name)?.Value;
            if (before == after)
                continue;
            string change = $"{before?.ToString() ?? "no promise"} became {after?.ToString() ?? "no promise"}";
            // Data is to be there soon, and kept long.
            bool isWeaker = before is not null && (after is null || (name == "retention" ? after < before : after > before));
            if (isWeaker)
                Widen($"sla.{name}", change, "Less is promised than readers rely on.");
            else
                Same($"sla.{name}", change, "More is promised than before.");
        }
    }

    private static string Tell(QualityRule rule) =>
        $"{rule.Metric} {rule.Must}{(rule.IsPercent ? " %" : "")} {rule.Pattern} {string.Join(",", rule.ValidValues ?? [])} {string.Join(",", rule.MissingValues)} {string.Join(",", rule.Properties)} {rule.Severity}".TrimEnd();

    private void Least(string path, string name, int? a, int? b) => Count(path, name, a, b, isNarrower: (b ?? 0) > (a ?? 0));

    private void Most(string path, string name, int? a, int? b) => Count(path, name, a, b, isNarrower: (b ?? int.MaxValue) < (a ?? int.MaxValue));

    private void Count(string path, string name, int? a, int? b, bool isNarrower)
    {
        if (a != b)
            Range(path, $"{name} {a?.ToString() ?? "none"} became {b?.ToString() ?? "none"}", isNarrower);
    }

    private void Bound(string path, string name, Bound? a, Bound? b, int? order, bool raisingNarrows)
    {
        if (a == b)
            return;
        string change = $"{name} {Tell(a)} became {Tell(b)}";
        if (a is null || b is null)
            Range(path, change, isNarrower: a is null);
        else if (order is null)
            Break(path, change, "The bounds are of different types.");
        else if (order == 0)
            Range(path, change, isNarrower: b.IsExclusive);
        else
            Range(path, change, isNarrower: order < 0 == raisingNarrows);
    }

    private void Range(string path, string change, bool isNarrower)
    {
        if (isNarrower)
            Narrow(path, change, "Old records may be outside.");
        else
            Widen(path, change, "New records may be outside of what readers rely on.");
    }

    private void Text(string path, string name, string? a, string? b)
    {
        if (a == b)
            return;
        string change = $"{name} {a ?? "none"} became {b ?? "none"}";
        if (a is null)
            Narrow(path, change, "Old records may not match.");
        else if (b is null)
            Widen(path, change, "New records needn't match.");
        else
            Break(path, change, "What matches one needn't match the other.");
    }

    private static int? Compare(LogicalType type, Bound? a, Bound? b)
    {
        if (a is null || b is null)
            return null;
        byte[] one = System.Text.Encoding.ASCII.GetBytes(a.Text);
        byte[] other = System.Text.Encoding.ASCII.GetBytes(b.Text);
        return type is LogicalType.Date or LogicalType.Time or LogicalType.Timestamp
            ? Moment.Parse(type, one)?.ComparedTo(Moment.Parse(type, other) ?? default)
            : ExactNumber.Parse(one).ComparedTo(ExactNumber.Parse(other));
    }

    private void Set(bool isSet, string path, string what, string ifSet, string ifNot)
    {
        if (isSet)
            Narrow(path, $"became {what}", ifSet);
        else
            Widen(path, $"isn't {what} any more", ifNot);
    }

    private void Narrow(string path, string change, string why, bool isCertain = true) => _changes.Add(new ContractChange(path, change, isCertain, BreaksForward: false, why));

    private void Widen(string path, string change, string why) => _changes.Add(new ContractChange(path, change, BreaksBackward: false, BreaksForward: true, why));

    private void Break(string path, string change, string why) => _changes.Add(new ContractChange(path, change, BreaksBackward: true, BreaksForward: true, why));

    private void Same(string path, string change, string why) => _changes.Add(new ContractChange(path, change, BreaksBackward: false, BreaksForward: false, why));

    private static string Tell(Bound? bound) => bound is null ? "none" : bound.IsExclusive ? $"{bound.Text} (excluded)" : bound.Text;

    private static string NameOf(LogicalType type) => type.ToString().ToLowerInvariant();

    private static string Lower(Coercion coercion) => coercion.ToString().ToLowerInvariant();
}

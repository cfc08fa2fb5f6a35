using System.IO.Enumeration;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Shaping;
using Penstock.Connectors.Values;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;

namespace Penstock.Pipelines.Shaping;

/// <summary>One prepared change. Not thread-safe.</summary>
internal abstract class Shaper
{
    /// <summary>Prepares a step.</summary>
    public static Shaper Of(ShapeStep step, Value config, TimeProvider time) => step switch
    {
        FilterStep filter => new Filter(new RecordCondition(filter.Condition, config, time)),
        SelectStep select => new Pick(select.Names, keeps: true),
        RemoveStep remove => new Pick(remove.Names, keeps: false),
        RenameStep rename => new Rename(rename.Names),
        DeriveStep derive => new Derive([.. derive.Members.Select(member => (member.Name, new RecordTemplate(member.Template, config, time)))]),
        FlattenStep flatten => new Flatten(flatten.Member, flatten.Prefix),
        ManifestStep manifest => new Manifest(RecordTransformation.Read(manifest.Component, ("shape", 0), config, time, new BuildProblems())!),
        _ => throw new InvalidOperationException($"{step.GetType().Name} has no shaper."),
    };

    /// <summary>Changes a record; false to leave it out.</summary>
    /// <exception cref="ShapeException">It can't be done to this record.</exception>
    public abstract bool Apply(ShapedRecord record);

    private sealed class Filter(RecordCondition condition) : Shaper
    {
        public override bool Apply(ShapedRecord record) => ShapeException.Guard("", () => condition.Holds(record.See(condition.Fields)));
    }

    private sealed class Pick(IReadOnlyList<string> names, bool keeps) : Shaper
    {
        public override bool Apply(ShapedRecord record)
        {
            record.Members.RemoveAll(member => IsNamed(member.Name) != keeps);
            return true;
        }

        private bool IsNamed(string name)
        {
            foreach (string pattern in names)
            {
                if (pattern == name || (pattern.Contains('*') && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)))
                    return true;
            }

            return false;
        }
    }

    private sealed class Rename(IReadOnlyList<(IReadOnlyList<string> From, string To)> names) : Shaper
    {
        public override bool Apply(ShapedRecord record)
        {
            foreach ((IReadOnlyList<string> from, string to) in names)
            {
                if (record.Find(from, to) is not { } found)
                    continue;
                if (from.Count > 1 || record.Find(to) >= 0)
                {
                    record.Put(found);
                    if (from.Count == 1 && from[0] != to)
                        record.Members.RemoveAt(record.Find(from[0]));
                }
                else
                    record.Members[record.Find(from[0])] = found;
            }

            return true;
        }
    }

    private sealed class Derive(IReadOnlyList<(string Name, RecordTemplate Template)> members) : Shaper
    {
        public override bool Apply(ShapedRecord record)
        {
            foreach ((string name, RecordTemplate template) in members)
                record.Set(name, ShapeException.Guard(name, () => template.Evaluate(record.See(template.Fields))));
            return true;
        }
    }

    private sealed class Flatten(string? member, string? prefix) : Shaper
    {
        public override bool Apply(ShapedRecord record)
        {
            int at = member is null ? NextObject(record, 0) : record.Find(member);
            while (at >= 0 && record.ValueOf(record.Members[at])[0] == '{')
            {
                record.Open(at, prefix ?? record.Members[at].Name + "_");
                at = member is null ? NextObject(record, at) : -1;
            }

            return true;
        }

        private static int NextObject(ShapedRecord record, int from) =>
            record.Members.FindIndex(from, candidate => record.ValueOf(candidate)[0] == '{');
    }

    private sealed class Manifest(RecordTransformation transformation) : Shaper
    {
        public override bool Apply(ShapedRecord record)
        {
            DictValue seen = record.See(null);
            ShapeException.Guard("", () =>
            {
                transformation.Apply(seen);
                return true;
            });
            record.Take(seen);
            return true;
        }
    }
}

/// <summary>A step can't be done to a record.</summary>
internal sealed class ShapeException(Violation violation) : Exception(violation.Reason)
{
    /// <summary>Why.</summary>
    public Violation Violation { get; } = violation;

    /// <summary>Turns a template's failure into this.</summary>
    public static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is ExpressionException or ValueException)
        {
            throw new ShapeException(new Violation("shape", path, e.Message));
        }
    }
}

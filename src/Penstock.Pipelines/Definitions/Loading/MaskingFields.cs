using System.Globalization;
using Penstock.Pipelines.Definitions.Yaml;
using Penstock.Pipelines.Masking;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>
/// Reads a pipeline's <c>masking</c>: the key (<c>key: NAME</c>, or <c>keys</c> with a version each), and what is done by classification.
/// </summary>
internal sealed class MaskingFields
{
    /// <summary>What is done by a contract's classification unless the pipeline says something else.</summary>
    private static readonly Dictionary<string, MaskRule> Defaults = new(StringComparer.OrdinalIgnoreCase)
    {
        ["public"] = new KeepValue(),
        ["internal"] = new KeepValue(),
        ["confidential"] = new KeepValue(),
        ["restricted"] = new HashValue(),
        ["personal"] = new HashValue(),
        ["pii"] = new HashValue(),
        ["sensitive"] = new RedactValue(),
    };

    private readonly Dictionary<string, MaskRule> _classifications = new(Defaults, StringComparer.OrdinalIgnoreCase);

    /// <summary>The versions of the masking key.</summary>
    public MaskKeyVersions Keys { get; private init; } = MaskKeyVersions.Default;

    /// <summary>Where the key is named; null for the default.</summary>
    public IReadOnlyList<SecretReference> Secrets { get; private init; } = [];

    /// <summary>The classifications that have a rule.</summary>
    public IReadOnlyCollection<string> Classifications => _classifications.Keys;

    /// <summary>The rule for a classification; null if nobody says what it means.</summary>
    public MaskRule? RuleOf(string classification) => _classifications.GetValueOrDefault(classification);

    public static MaskingFields Read(Fields pipeline, Loading loading)
    {
        if (pipeline.Map("masking") is not { } fields)
            return new MaskingFields();
        var secrets = new List<SecretReference>();
        MaskKeyVersions? keys = Single(fields, loading, secrets) ?? Versions(fields, loading, secrets);
        var masking = new MaskingFields { Keys = keys ?? MaskKeyVersions.Default, Secrets = secrets };
        if (fields.Map("classifications") is not null && fields.Find("classifications") is YamlMap map)
        {
            foreach (YamlEntry entry in map.Entries)
            {
                if (MaskRuleFields.Read(entry.Value, $"{fields.PathOf("classifications")}.{entry.Name}", loading.Problems) is { } rule)
                    masking._classifications[entry.Name] = rule;
            }
        }

        fields.RejectOthers();
        return masking;
    }

    private static MaskKeyVersions? Single(Fields fields, Loading loading, List<SecretReference> secrets)
    {
        if (fields.Has("key") && fields.Has("keys"))
            fields.Add("keys", "There is either 'key' or 'keys'.", "Keep 'keys', and name the first key there as version 1.");
        return Secret(fields, "key", loading, secrets) is { } secret ? new([new(1, secret, DateTimeOffset.MinValue)]) : null;
    }

    private static MaskKeyVersions? Versions(Fields fields, Loading loading, List<SecretReference> secrets)
    {
        var versions = new List<MaskKeyVersion>();
        foreach (Fields one in fields.Maps("keys"))
        {
            int? number = one.Integer("version", 1);
            if (!one.Has("version"))
                one.Missing("version", "version: 2");
            if (!one.Has("secret"))
                one.Missing("secret", "secret: mask-key-2");
            string? secret = Secret(one, "secret", loading, secrets);
            DateTimeOffset from = From(one, isFirst: versions.Count == 0);
            one.RejectOthers();
            if (number is { } version && versions.Any(other => other.Number == version))
                one.Add("version", $"Version {version} is there twice.", "Give each key a number of its own: tokens say it.");
            else if (versions.Count > 0 && from <= versions[^1].From)
                one.Add("from", "It isn't after the version before it.", "Put the versions in order of time.");
            else if (number is { } good && secret is not null)
                versions.Add(new MaskKeyVersion(good, secret, from));
        }

        return versions.Count > 0 ? new(versions) : null;
    }

    private static DateTimeOffset From(Fields fields, bool isFirst)
    {
        string? text = fields.Text("from");
        if (text is null && !isFirst && !fields.Has("from"))
            fields.Missing("from", "from: 2026-06-01T00:00:00Z");
        if (text is null)
            return DateTimeOffset.MinValue;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset from))
            return from;
        fields.Add("from", $"'{text}' isn't an instant.", "Write ISO 8601, for example 2026-06-01T00:00:00Z.");
        return DateTimeOffset.MaxValue;
    }

    private static string? Secret(Fields fields, string name, Loading loading, List<SecretReference> secrets)
    {
        if (fields.Text(name) is not { } text)
            return null;
        if (!ConfigFields.IsSecretName(text))
        {
            fields.Add(name, "This isn't the name of a secret.", "Write the name alone: letters, digits and dashes, at most 127.");
            return null;
        }

        secrets.Add(new SecretReference(text, loading.Problems.File, fields.LineOf(name), fields.PathOf(name)));
        return text;
    }
}

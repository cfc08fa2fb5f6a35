using System.Text.RegularExpressions;
using Penstock.Connectors.Values;
using Penstock.Pipelines.Definitions.Yaml;
using Penstock.Pipelines.Masking;
using Penstock.Pipelines.Subjects;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>
/// Reads a stream's <c>subject</c> (<c>email</c>, <c>[email, contact.email]</c>, or <c>{ email: email, customer: [id, customer_id] }</c>),
/// <c>after_erasure</c>, and <c>raw: { encrypt: [...] }</c>.
/// </summary>
internal static partial class SubjectFields
{
    private const int MaxPaths = 31;

    public static StreamSubject? Read(Fields stream, Loading loading)
    {
        var paths = new List<SubjectPath>();
        switch (stream.Find("subject"))
        {
            case YamlMap:
                Fields kinds = stream.Map("subject")!;
                foreach (string kind in kinds.Names)
                {
                    if (!Kind().IsMatch(kind))
                        kinds.Add(kind, $"'{kind}' can't be a kind of name.", "Write lower-case letters, digits, '-' and '_', for example email.");
                    Read(kinds, kind, kind, paths);
                }

                break;
            case not null:
                Read(stream, "subject", SubjectPath.DefaultKind, paths);
                break;
        }

        ReturningSubject returning = Returning(stream);
        if (paths.Count > MaxPaths)
            stream.Add("subject", $"There are {paths.Count} paths.", $"Keep the {MaxPaths} that matter.");
        if (paths.Count == 0)
            return null;
        loading.Secrets.Add(new SecretReference(SubjectKeySource.Secret, loading.Problems.File, stream.LineOf("subject"), stream.PathOf("subject")));
        return new StreamSubject(paths, returning);
    }

    public static RawEncryption? Encryption(Fields stream, Loading loading)
    {
        if (stream.Map("raw") is not { } raw)
            return null;
        IReadOnlyList<string> paths = raw.Texts("encrypt", path => MaskPath.IsPath(path) ? null : ($"'{path}' isn't a path.", "Write, for example, email or address.street."));
        string secret = raw.Text("key") ?? RawEncryption.DefaultSecret;
        if (!raw.Has("encrypt"))
            raw.Missing("encrypt", "encrypt: [email, address]");
        if (!ConfigFields.IsSecretName(secret))
            raw.Add("key", "This isn't the name of a secret.", "Write the name alone: letters, digits and dashes, at most 127.");
        else
            loading.Secrets.Add(new SecretReference(secret, loading.Problems.File, raw.Has("key") ? raw.LineOf("key") : raw.LineOf("encrypt"), raw.PathOf(raw.Has("key") ? "key" : "encrypt")));
        if (!stream.Has("subject"))
            stream.Add("raw", "Raw values are encrypted under their subject's key, and the stream doesn't say who that is.", "Add, for example: subject: email");
        raw.RejectOthers();
        return paths.Count == 0 ? null : new RawEncryption(paths, secret);
    }

    private static void Read(Fields fields, string field, string kind, List<SubjectPath> paths)
    {
        IReadOnlyList<string> texts = fields.Find(field) is YamlScalar ? fields.Text(field) is { } one ? [one] : [] : fields.Texts(field);
        foreach (string path in texts)
        {
            if (MaskPath.IsPath(path))
                paths.Add(new SubjectPath(kind, path));
            else
                fields.Add(field, $"'{path}' isn't a path.", "Write, for example, email, customer.email or contacts[].email.");
        }
    }

    private static ReturningSubject Returning(Fields stream)
    {
        string? text = stream.Text("after_erasure");
        if (text is not (null or "block" or "accept"))
            stream.Add("after_erasure", $"'{text}' isn't 'block' or 'accept'.", "'block' leaves out whatever still comes of an erased subject; 'accept' takes what is newer than the erasure.");
        if (text is not null && !stream.Has("subject"))
            stream.Add("after_erasure", "It means nothing without a subject.", "Add, for example: subject: email");
        if (text == "accept" && !stream.Has("version"))
            stream.Add("after_erasure", "Without a version nobody knows whether a record is newer than an erasure.", "Add 'version', a field with an instant, or write: after_erasure: block");
        return text == "accept" ? ReturningSubject.Accept : ReturningSubject.Block;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,39}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex Kind();
}

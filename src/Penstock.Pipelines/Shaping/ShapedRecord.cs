using System.Buffers;
using System.Text;
using System.Text.Json;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;
using Penstock.Pipelines.Records;

namespace Penstock.Pipelines.Shaping;

/// <summary>
/// A record as the list of its top-level members, whose values stay bytes: what no step looks at is written as it was read. Reused
/// from record to record.
/// </summary>
internal sealed class ShapedRecord
{
    private readonly ArrayBufferWriter<byte> _bytes = new(4096);
    private readonly DictValue _seen = new();

    /// <summary>A member: its name, and where its value is among the bytes.</summary>
    public readonly record struct Member(string Name, int Start, int Length);

    /// <summary>The members, in order.</summary>
    public List<Member> Members { get; } = [];

    /// <summary>Takes up a valid record.</summary>
    public void Begin(ReadOnlySpan<byte> json)
    {
        _bytes.ResetWrittenCount();
        _bytes.Write(json);
        Members.Clear();
        AddMembers(0, "");
    }

    /// <summary>The value of a member.</summary>
    public ReadOnlySpan<byte> ValueOf(Member member) => _bytes.WrittenSpan.Slice(member.Start, member.Length);

    /// <summary>The place of a member; -1 if there is none.</summary>
    public int Find(string name) => Members.FindIndex(member => member.Name == name);

    /// <summary>Sets a member to a value.</summary>
    public void Set(string name, Value value)
    {
        int start = _bytes.WrittenCount;
        ValueJsonWriter.Write(_bytes, value);
        var member = new Member(name, start, _bytes.WrittenCount - start);
        int at = Find(name);
        if (at < 0)
            Members.Add(member);
        else
            Members[at] = member;
    }

    /// <summary>Puts the members of an object in its place; a name that is there already is taken over.</summary>
    /// <param name="at">The place of the object.</param>
    /// <param name="prefix">What the names begin with.</param>
    public void Open(int at, string prefix)
    {
        Member opened = Members[at];
        Member[] after = [.. Members.Skip(at + 1)];
        Members.RemoveRange(at, Members.Count - at);
        AddMembers(opened.Start, prefix);
        foreach (Member member in after)
            Put(member);
    }

    /// <summary>Puts a member at the end, or in the place of one of the same name.</summary>
    public void Put(Member member)
    {
        int at = Find(member.Name);
        if (at < 0)
            Members.Add(member);
        else
            Members[at] = member;
    }

    /// <summary>The value at a path below the top level; null if there is none.</summary>
    public Member? Find(IReadOnlyList<string> path, string name)
    {
        int at = Find(path[0]);
        if (at < 0 || path.Count == 1)
            return at < 0 ? null : Members[at] with { Name = name };
        Member outer = Members[at];
        if (ValueOf(outer)[0] != '{')
            return null;
        Span<Range> found = stackalloc Range[1];
        new FieldFinder([[.. path.Skip(1)]]).Find(ValueOf(outer), found);
        (int offset, int length) = found[0].GetOffsetAndLength(outer.Length);
        return length == 0 ? null : new Member(name, outer.Start + offset, length);
    }

    /// <summary>The record as templates see it: some members, or all. It is used again.</summary>
    public DictValue See(IReadOnlySet<string>? names)
    {
        _seen.Entries.Clear();
        foreach (Member member in Members)
        {
            if (names is null || names.Contains(member.Name))
                _seen.Entries[member.Name] = ValueJsonReader.Read(ValueOf(member));
        }

        return _seen;
    }

    /// <summary>Takes over what a transformation made of <see cref="See"/>: what is the same as before keeps its bytes.</summary>
    public void Take(DictValue changed)
    {
        Member[] before = [.. Members];
        Members.Clear();
        foreach ((Value key, Value value) in changed.Entries)
        {
            string name = key.ToString();
            Member? same = Array.FindIndex(before, member => member.Name == name) is >= 0 and int at ? before[at] : null;
            if (same is { } kept && ValueJsonReader.Read(ValueOf(kept)).Equals(value))
                Members.Add(kept);
            else
                Set(name, value);
        }
    }

    /// <summary>Writes the record.</summary>
    public void Write(IBufferWriter<byte> to)
    {
        to.Write("{"u8);
        for (int i = 0; i < Members.Count; i++)
        {
            if (i > 0)
                to.Write(","u8);
            WriteName(Members[i].Name, to);
            to.Write(ValueOf(Members[i]));
        }

        to.Write("}"u8);
    }

    /// <summary>Writes a name with its colon.</summary>
    public static void WriteName(string name, IBufferWriter<byte> to)
    {
        JsonEncodedText text = JsonEncodedText.Encode(name, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        to.Write("\""u8);
        to.Write(text.EncodedUtf8Bytes);
        to.Write("\":"u8);
    }

    private void AddMembers(int start, string prefix)
    {
        int at = JsonSkim.SkipSpace(_bytes.WrittenSpan, start) + 1;
        at = JsonSkim.SkipSpace(_bytes.WrittenSpan, at);
        while (_bytes.WrittenSpan[at] != '}')
        {
            ReadOnlySpan<byte> json = _bytes.WrittenSpan;
            int nameStart = at;
            JsonSkim.SkipText(json, ref at);
            string name = prefix + Encoding.UTF8.GetString(JsonSkim.Inside(json[nameStart..at]));
            at = JsonSkim.SkipSpace(json, JsonSkim.SkipSpace(json, at) + 1);
            int valueStart = at;
            JsonSkim.SkipValue(json, ref at);
            Put(new Member(name, valueStart, at - valueStart));
            at = JsonSkim.SkipSpace(json, at);
            if (json[at] == ',')
                at = JsonSkim.SkipSpace(json, at + 1);
        }
    }
}

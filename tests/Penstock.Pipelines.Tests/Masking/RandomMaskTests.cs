using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Penstock.Pipelines.Masking;

namespace Penstock.Pipelines.Tests.Masking;

/// <summary>Whatever the record and the rules: what is masked is nowhere in it afterwards, and all else is as it was.</summary>
public class RandomMaskTests
{
    private static readonly string[] Names = ["a", "b", "email", "na\"me", "ü"];
    private static readonly MaskKey Key = new(3, "a key that nobody can guess"u8.ToArray());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void no_masked_value_is_left_and_no_other_is_touched(int seed)
    {
        var chance = new Random(seed);
        for (int i = 0; i < 3_000; i++)
        {
            int secrets = 0;
            JsonObject record = Object(chance, 0, ref secrets);
            PathMask[] paths = [.. Enumerable.Range(0, chance.Next(1, 4)).Select(_ => new PathMask(Path(chance), Rule(chance))).DistinctBy(path => path.Path)];
            byte[] json = Encoding.UTF8.GetBytes(record.ToJsonString(new JsonSerializerOptions { WriteIndented = chance.Next(2) == 0 }));
            var output = new ArrayBufferWriter<byte>();
            using (var mask = new RecordMask(new StreamMask(paths, MaskKeyVersions.Default), Key))
                Assert.True(mask.TryWrite(json, output));
            // No name is there twice in these records: the shortcut for them gives the same.
            var shortcut = new ArrayBufferWriter<byte>();
            using (var mask = new RecordMask(new StreamMask(paths, MaskKeyVersions.Default), Key))
                Assert.True(mask.TryWrite(json, shortcut, isValid: true, areNamesOnce: true));
            Assert.Equal(output.WrittenSpan, shortcut.WrittenSpan);
            JsonObject masked = JsonNode.Parse(output.WrittenSpan)!.AsObject();
            string text = Encoding.UTF8.GetString(output.WrittenSpan);
            Check(record, masked, [], paths, null, text);
        }
    }

    private static void Check(JsonNode? before, JsonNode? after, string[] path, PathMask[] paths, MaskRule? outer, string text)
    {
        MaskRule? rule = paths.FirstOrDefault(one => one.Parts.SequenceEqual(path))?.Rule ?? outer;
        switch (before)
        {
            case JsonObject or JsonArray when rule is RedactValue:
                Assert.Null(after);
                break;
            case JsonObject record:
                foreach ((string name, JsonNode? value) in record)
                {
                    string[] inner = [.. path, name];
                    if (paths.Any(one => one.Rule is DropValue && one.Parts.SequenceEqual(inner)))
                        Assert.False(after!.AsObject().ContainsKey(name));
                    else
                        Check(value, after!.AsObject()[name], inner, paths, rule, text);
                }

                break;
            case JsonArray list:
                Assert.Equal(list.Count, after!.AsArray().Count);
                for (int i = 0; i < list.Count; i++)
                    Check(list[i], after.AsArray()[i], path, paths, outer, text);
                break;
            case null:
                Assert.Null(after);
                break;
            case var value when rule is null or KeepValue:
                Assert.Equal(value.ToJsonString(), after!.ToJsonString());
                break;
            case JsonValue value:
                // Every value is there once: its text may be nowhere any more.
                Assert.DoesNotContain(value.ToString(), text);
                break;
        }
    }

    private static JsonObject Object(Random chance, int depth, ref int secrets)
    {
        var record = new JsonObject();
        foreach (string name in Names.Where(_ => chance.Next(3) > 0))
            record[name] = Value(chance, depth + 1, ref secrets);
        return record;
    }

    private static JsonNode? Value(Random chance, int depth, ref int secrets)
    {
        switch (chance.Next(depth > 3 ? 3 : 6))
        {
            case 0:
                return null;
            case 1:
                return JsonValue.Create(900_000_000 + ++secrets);
            case 2:
                return JsonValue.Create(string.Create(CultureInfo.InvariantCulture, $"secret {++secrets} \"é\" of somebody"));
            case 3:
                var list = new JsonArray();
                for (int i = chance.Next(3); i > 0; i--)
                    list.Add(Value(chance, depth + 1, ref secrets));
                return list;
            default:
                return Object(chance, depth + 1, ref secrets);
        }
    }

    private static string Path(Random chance) => string.Join('.', Enumerable.Range(0, chance.Next(1, 4)).Select(_ => Names[chance.Next(Names.Length)]));

    private static MaskRule Rule(Random chance) => chance.Next(5) switch
    {
        0 => new RedactValue(),
        1 => new HashValue(),
        2 => new PartialValue(PartialKind.Text, 1, 1),
        3 => new KeepValue(),
        _ => new DropValue(),
    };
}

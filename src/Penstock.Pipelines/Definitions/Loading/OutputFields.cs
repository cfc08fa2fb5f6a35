using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>Reads <c>outputs</c>: <c>[table, lake]</c>, and <c>lake</c>: <c>{ partition: day }</c>.</summary>
internal static class OutputFields
{
    private static readonly string[] Kinds = ["table", "lake"];
    private static readonly string[] Partitions = ["day", "hour", "month"];

    public static StreamOutputs Read(Fields stream)
    {
        IReadOnlyList<string> outputs = stream.Texts("outputs");
        if (stream.Has("outputs") && outputs.Count == 0)
            stream.Add("outputs", "The stream's records go nowhere.", "Write, for example: outputs: [table, lake]");
        foreach (string output in outputs.Where(output => !Kinds.Contains(output)))
            stream.Add("outputs", $"'{output}' isn't an output.", Nearest.Advice(output, Kinds));
        LakePartition partition = Partition(stream);
        return outputs.Count == 0 ? StreamOutputs.Default : new StreamOutputs(outputs.Contains("table"), outputs.Contains("lake") ? partition : null);
    }

    private static LakePartition Partition(Fields stream)
    {
        if (stream.Map("lake") is not { } fields)
            return LakePartition.Day;
        if (!stream.Texts("outputs").Contains("lake"))
            stream.Add("lake", "The stream has no lake files.", "Remove it, or write: outputs: [table, lake]");
        string text = fields.Text("partition") ?? "day";
        int index = Array.IndexOf(Partitions, text);
        if (index < 0)
            fields.Add("partition", $"'{text}' isn't a way to partition lake files.", Nearest.Advice(text, Partitions));
        fields.RejectOthers();
        return (LakePartition)Math.Max(index, 0);
    }
}

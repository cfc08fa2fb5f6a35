using System.CommandLine;
using Penstock.Pipelines.Quarantine;

namespace Penstock.Cli.Privacy;

/// <summary>Which quarantined records a command is about.</summary>
internal sealed class QuarantineChoice
{
    private readonly Option<string?> _pipeline = new("--pipeline") { Description = "Those of this pipeline.", HelpName = "PIPELINE" };
    private readonly Option<string?> _stream = new("--stream", "-s") { Description = "Those of this stream of it.", HelpName = "STREAM" };
    private readonly Option<string?> _rule = new("--rule") { Description = "Those that break this rule, for example logicalType.", HelpName = "RULE" };
    private readonly Option<string[]> _ids = new("--id") { Description = "This one; any number of them.", HelpName = "ID", DefaultValueFactory = _ => [] };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_pipeline, _stream, _rule, _ids])
            command.Add(option);
    }

    /// <summary>The filter.</summary>
    public QuarantineFilter Of(ParseResult parsed) => new(
        parsed.GetValue(_pipeline), parsed.GetValue(_stream), parsed.GetValue(_rule), parsed.GetRequiredValue(_ids) is { Length: > 0 } ids ? ids : null);

    /// <summary>The same as the API wants it.</summary>
    public object Body(ParseResult parsed)
    {
        QuarantineFilter filter = Of(parsed);
        return new { pipeline = filter.Pipeline, stream = filter.Stream, rule = filter.Rule, ids = filter.Ids };
    }

    /// <summary>Whether it names anything that narrows it enough to change something.</summary>
    public bool IsNarrow(ParseResult parsed) => Of(parsed) is { Pipeline: not null } or { Ids: not null };
}

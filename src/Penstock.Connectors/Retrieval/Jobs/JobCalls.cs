using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Records;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Retrieval.Jobs;

/// <summary>The calls about a job: create it, ask how it is, ask what there is to download, delete it.</summary>
internal sealed class JobCalls
{
    private readonly ConnectorScope _connector;
    private readonly Requester? _creation;
    private readonly Requester? _polling;
    private readonly Requester? _targets;
    private readonly Requester? _deletion;
    private readonly IReadOnlyList<string> _statusPath;
    private readonly IReadOnlyList<string>? _targetPath;

    public JobCalls(ManifestNode node, ConnectorScope connector)
    {
        _connector = connector;
        _creation = Requester.Read(node.RequiredChild("creation_requester"), connector);
        _polling = Requester.Read(node.RequiredChild("polling_requester"), connector);
        _targets = Requester.Read(node.Child("download_target_requester"), connector);
        _deletion = Requester.Read(node.Child("delete_requester"), connector);
        _statusPath = Path(node.RequiredChild("status_extractor")) ?? [];
        _targetPath = Path(node.Child("download_target_extractor"));
        if (_targets is not null && _targetPath is null) node.Error("A download_target_requester needs a download_target_extractor.", "Add it.");
        Statuses = new JobStatuses(node.RequiredChild("status_mapping") ?? node);
    }

    public JobStatuses Statuses { get; }

    public ValueTask<(Value Response, SendOutcome? Obstacle)> CreateAsync(SliceScope slice, CancellationToken cancellationToken) =>
        SendAsync(_creation!, slice, [], cancellationToken);

    public ValueTask<(Value Response, SendOutcome? Obstacle)> PollAsync(SliceScope slice, JobPosition job, CancellationToken cancellationToken) =>
        SendAsync(_polling!, slice, [("creation_response", job.Creation)], cancellationToken);

    public Value StatusOf(Value response) => Dpath.TryGet(response, _statusPath, out var status) ? status : Value.None;

    /// <summary>What to download: one nameless target if the manifest has no extractor for them.</summary>
    public async ValueTask<(IReadOnlyList<Value> Targets, SendOutcome? Obstacle)> TargetsAsync(SliceScope slice, JobPosition job, CancellationToken cancellationToken)
    {
        if (_targetPath is null) return ([Value.Empty], null);
        var (response, obstacle) = _targets is null ? (job.Polling, null) : await SendAsync(_targets, slice, [("polling_response", job.Polling)], cancellationToken);
        if (obstacle is not null) return ([], obstacle);
        return ([.. Dpath.Values(response, _targetPath).SelectMany(found => found.AsList?.Elements ?? Enumerable.Repeat(found, 1))], null);
    }

    /// <summary>Deletes the job, if the manifest says how. It is landed by now: a failure costs nothing.</summary>
    public async ValueTask DeleteAsync(SliceScope slice, JobPosition job, CancellationToken cancellationToken)
    {
        if (_deletion is not null) await SendAsync(_deletion, slice, [("creation_response", job.Creation)], cancellationToken);
    }

    private async ValueTask<(Value Response, SendOutcome? Obstacle)> SendAsync(
        Requester requester, SliceScope slice, (string Name, Value Value)[] responses, CancellationToken cancellationToken)
    {
        var variables = _connector.Context.Inner().Set(VariableNames.StreamSlice, slice.StreamSlice);
        foreach (var (name, value) in slice.Variables?.Entries ?? []) variables.Set(name.ToString(), value);
        foreach (var (name, value) in responses) variables.Set(name, value);
        var outcome = await requester.SendAsync(variables, cancellationToken: cancellationToken);
        if (outcome is not Delivered delivered) return (Value.None, outcome);
        using var answer = delivered.Answer;
        var page = await answer.ReadAsync(cancellationToken);
        var response = page.Written.IsEmpty ? new DictValue() : ValueJsonReader.Read(page.Written.Span, LargeIntegers.Float);
        if (response.AsDict is { } fields && !fields.TryGet("headers", out _))
            fields["headers"] = new DictValue(answer.Headers.Select(header => KeyValuePair.Create((Value)header.Key, (Value)header.Value)));
        return (response, null);
    }

    private IReadOnlyList<string>? Path(ManifestNode? extractor)
    {
        if (extractor is null) return null;
        if (extractor.Type == "DpathExtractor") return extractor.TemplateList("field_path").EvaluateTexts(_connector.Context);
        extractor.Unsupported("DpathExtractor");
        return null;
    }
}

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
    private readonly Requester? _abortion;
    private readonly RecordExtractor? _status;
    private readonly RecordExtractor? _target;

    public JobCalls(ManifestNode node, ConnectorScope connector)
    {
        _connector = connector;
        _creation = Requester.Read(node.RequiredChild("creation_requester"), connector);
        _polling = Requester.Read(node.RequiredChild("polling_requester"), connector);
        _targets = Requester.Read(node.Child("download_target_requester"), connector);
        _deletion = Requester.Read(node.Child("delete_requester"), connector);
        _abortion = Requester.Read(node.Child("abort_requester"), connector);
        _status = RecordExtractor.Read(node.RequiredChild("status_extractor"), connector);
        _target = RecordExtractor.Read(node.Child("download_target_extractor"), connector);
        if (_targets is not null && _target is null) node.Error("A download_target_requester needs a download_target_extractor.", "Add it.");
        Statuses = new JobStatuses(node.RequiredChild("status_mapping") ?? node);
    }

    public JobStatuses Statuses { get; }

    public ValueTask<(Value Response, SendOutcome? Obstacle)> CreateAsync(SliceScope slice, CancellationToken cancellationToken) =>
        SendAsync(_creation!, slice, [], cancellationToken);

    public ValueTask<(Value Response, SendOutcome? Obstacle)> PollAsync(SliceScope slice, JobPosition job, CancellationToken cancellationToken) =>
        SendAsync(_polling!, slice, [("creation_response", job.Creation)], cancellationToken);

    public Value StatusOf(Value response) => _status!.Found(response).FirstOrDefault();

    /// <summary>What to download: one nameless target if the manifest has no extractor for them.</summary>
    public async ValueTask<(IReadOnlyList<Value> Targets, SendOutcome? Obstacle)> TargetsAsync(SliceScope slice, JobPosition job, CancellationToken cancellationToken)
    {
        if (_target is null) return ([Value.Empty], null);
        var (response, obstacle) = _targets is null ? (job.Polling, null) : await SendAsync(_targets, slice, [("polling_response", job.Polling)], cancellationToken);
        if (obstacle is not null) return ([], obstacle);
        return ([.. _target.Found(response)], null);
    }

    /// <summary>Deletes the job, if the manifest says how. It is landed by now: a failure costs nothing.</summary>
    public async ValueTask DeleteAsync(SliceScope slice, JobPosition job, CancellationToken cancellationToken)
    {
        if (_deletion is not null) await SendAsync(_deletion, slice, [("creation_response", job.Creation)], cancellationToken);
    }

    /// <summary>Stops a job that takes too long, if the manifest says how. If that fails, the source stops it some day itself.</summary>
    public async ValueTask AbortAsync(SliceScope slice, JobPosition job, CancellationToken cancellationToken)
    {
        if (_abortion is not null) await SendAsync(_abortion, slice, [("creation_response", job.Creation)], cancellationToken);
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
}

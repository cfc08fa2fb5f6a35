using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Functions.Hosting;
using Penstock.Http;
using Penstock.Http.Routing;

namespace Penstock.Functions.Tests;

public sealed class TriggerSetTests
{
    // Approved: a function, its trigger, its key and its retries are a promise to those who deploy and call the app.
    private const string Approved = """
        CancelBackfill: http post /api/backfills/{id}/cancel (Function)
        CancelReplay: http post /api/replays/{id}/cancel (Function)
        CancelRun: http post /api/runs/{pipeline}/{stream}/{run}/cancel (Function)
        DeleteBackfill: http delete /api/backfills/{id} (Function)
        DiscardDeadLetter: http delete /api/deadletters/{queue}/{id} (Function)
        DiscardDeadLetters: http post /api/deadletters/discard (Function)
        DiscardQuarantine: http post /api/quarantine/discard (Function)
        DiscardQuarantined: http delete /api/quarantine/{id} (Function)
        EditDeadLetter: http put /api/deadletters/{queue}/{id} (Function)
        Erase: queue erase of STORAGE
        ErasePoison: queue erase-poison of STORAGE
        Extract: queue extract of STORAGE
        ExtractPoison: queue extract-poison of STORAGE
        GetAudit: http get /api/audit (Function)
        GetBackfill: http get /api/backfills/{id} (Function)
        GetBudget: http get /api/budgets/{credential} (Function)
        GetCatalog: http get /api/catalog (Function)
        GetConsoleFile: http get /console/{file} (Anonymous)
        GetConsoleFileInFolder: http get /console/{folder}/{file} (Anonymous)
        GetCost: http get /api/cost (Function)
        GetDeadLetter: http get /api/deadletters/{queue}/{id} (Function)
        GetErasure: http get /api/erasures/{id} (Function)
        GetLineage: http get /api/lineage (Function)
        GetOpenApi: http get /api/openapi.json (Function)
        GetOverview: http get /api/overview (Function)
        GetPipeline: http get /api/pipelines/{pipeline} (Function)
        GetQuarantined: http get /api/quarantine/{id} (Function)
        GetReplay: http get /api/replays/{id} (Function)
        GetRun: http get /api/runs/{pipeline}/{stream}/{run} (Function)
        GetState: http get /api/pipelines/{pipeline}/streams/{stream}/state (Function)
        GetStatus: http get /api/status (Function)
        Health: http get /health (Anonymous)
        Ingest: http post /ingest/{pipeline}/{stream} (Anonymous)
        ListActivity: http get /api/activity (Function)
        ListBackfills: http get /api/backfills (Function)
        ListBudgets: http get /api/budgets (Function)
        ListDeadLetters: http get /api/deadletters (Function)
        ListDrift: http get /api/drift (Function)
        ListErasureFindings: http get /api/erasures/{id}/findings (Function)
        ListErasures: http get /api/erasures (Function)
        ListPipelines: http get /api/pipelines (Function)
        ListQuarantine: http get /api/quarantine (Function)
        ListReplays: http get /api/replays (Function)
        ListRuns: http get /api/runs (Function)
        ListSlices: http get /api/runs/{pipeline}/{stream}/{run}/slices (Function)
        ListState: http get /api/pipelines/{pipeline}/state (Function)
        ListStreams: http get /api/pipelines/{pipeline}/streams (Function)
        OpenConsole: http get /console (Anonymous)
        PauseBackfill: http post /api/backfills/{id}/pause (Function)
        PauseBudget: http post /api/budgets/{credential}/pause (Function)
        PausePipeline: http post /api/pipelines/{pipeline}/pause (Function)
        Plan: timer 0 * * * * *
        Ready: http get /health/ready (Anonymous)
        Receive: event hub %EVENTHUB_NAME% of EVENTHUB, group %EVENTHUB_CONSUMER_GROUP%, batched, retried for ever after 00:00:01 to 00:02:00
        Receive2: event hub %EVENTHUB_NAME_2% of EVENTHUB, group %EVENTHUB_CONSUMER_GROUP%, batched, retried for ever after 00:00:01 to 00:02:00
        Receive3: event hub %EVENTHUB_NAME_3% of EVENTHUB, group %EVENTHUB_CONSUMER_GROUP%, batched, retried for ever after 00:00:01 to 00:02:00
        Receive4: event hub %EVENTHUB_NAME_4% of EVENTHUB, group %EVENTHUB_CONSUMER_GROUP%, batched, retried for ever after 00:00:01 to 00:02:00
        ReplayDeadLetter: http post /api/deadletters/{queue}/{id}/replay (Function)
        ReplayDeadLetters: http post /api/deadletters/replay (Function)
        ReplayQuarantine: http post /api/quarantine/replay (Function)
        ResetState: http delete /api/pipelines/{pipeline}/streams/{stream}/state (Function)
        ResumeBackfill: http post /api/backfills/{id}/resume (Function)
        ResumeBudget: http post /api/budgets/{credential}/resume (Function)
        ResumePipeline: http post /api/pipelines/{pipeline}/resume (Function)
        RunPipeline: http post /api/pipelines/{pipeline}/runs (Function)
        SetState: http put /api/pipelines/{pipeline}/streams/{stream}/state (Function)
        StartBackfill: http post /api/backfills (Function)
        StartErasure: http post /api/erasures (Function)
        StartReplay: http post /api/replays (Function)
        Tick: queue tick of STORAGE
        TickPoison: queue tick-poison of STORAGE
        Transform: queue transform of STORAGE
        TransformPoison: queue transform-poison of STORAGE
        Watch: timer 30 */5 * * * *
        """;

    [Fact]
    public void the_functions_and_their_triggers_are_as_approved() =>
        Assert.Equal(Approved.ReplaceLineEndings("\n"), string.Join('\n', TriggerSet.Functions.Select(TriggerSet.Describe)));

    [Fact]
    public async Task every_endpoint_of_the_local_host_is_a_function_and_the_other_way_round()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddRoutingCore();
        AppOf.AddTo(builder.Services);
        await using WebApplication host = builder.Build();
        host.MapPenstock();

        Assert.Equal(
            ((IEndpointRouteBuilder)host).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Select(Route).Order(),
            TriggerSet.Functions.Select(TriggerSet.Find<HttpTriggerAttribute>).OfType<HttpTriggerAttribute>().Select(Route).Order());
    }

    [Fact]
    public void every_endpoint_of_the_table_is_a_function_of_its_name_and_its_key() => Assert.Equal(
        EndpointTable.All.Select(endpoint => $"{endpoint.Name}: http {endpoint.Method.ToLowerInvariant()} {endpoint.Route} ({(endpoint.IsOpen ? "Anonymous" : "Function")})").Order(StringComparer.Ordinal),
        TriggerSet.Functions.Where(method => TriggerSet.Find<HttpTriggerAttribute>(method) is not null).Select(TriggerSet.Describe).Order(StringComparer.Ordinal));

    [Fact]
    public void a_route_parameter_is_a_parameter_of_the_function() => Assert.All(TriggerSet.Functions, method =>
    {
        if (TriggerSet.Find<HttpTriggerAttribute>(method) is not { } http)
            return;
        Assert.Equal(
            http.Route!.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}')),
            method.GetParameters().Where(parameter => parameter.ParameterType == typeof(string)).Select(parameter => parameter.Name));
    });

    [Fact]
    public async Task the_app_registers_all_that_it_needs()
    {
        IServiceCollection services = new ServiceCollection().AddLogging().AddFunctionApp(LocalSettings.Sample());

        await using ServiceProvider provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });

        Assert.All(TriggerSet.Functions.Select(method => method.DeclaringType!).Distinct(), type => Assert.NotNull(ActivatorUtilities.CreateInstance(provider, type)));
    }

    private static string Route(RouteEndpoint endpoint) =>
        $"{string.Join(',', endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods).ToUpperInvariant()} {endpoint.RoutePattern.RawText}";

    private static string Route(HttpTriggerAttribute http) => $"{string.Join(',', http.Methods!).ToUpperInvariant()} /{http.Route}";
}

using Penstock.Infra;
using Penstock.Infra.Graph;
using Penstock.Infra.Pipelines;
using Penstock.Infra.Publishing;
using Penstock.Infra.Settings;
using Pulumi;

// Pulumi runs the program without arguments; `graph` lists what it would declare.
try
{
    string infra = AppPaths.Infra();
    PipelineNeeds needs = await PipelineNeeds.ReadAsync(Path.Combine(infra, "..", "pipelines"));
    if (args is ["graph"] or ["graph", "--stack", _])
    {
        string stack = args is [_, "--stack", var named] ? named : "dev";
        StackSettings settings = SettingsReader.Read(stack, SettingsFile.Read(Path.Combine(infra, $"Pulumi.{stack}.yaml")));
        GraphListing.Write(Console.Out, stack, await StackGraph.DeclareAsync(stack, settings, needs));
        return 0;
    }

    if (args.Length > 0)
    {
        await Console.Error.WriteLineAsync($"'{string.Join(' ', args)}' isn't a command. There is: graph [--stack dev|prod]. Pulumi runs the program without arguments.");
        return 2;
    }

    return await Deployment.RunAsync(() =>
    {
        string stack = Deployment.Instance.StackName;
        return Task.FromResult(PenstockStack.Declare(SettingsReader.Read(stack, SettingsFile.FromEngine()), needs, AzurePublishing.PublishAsync));
    });
}
catch (Exception e) when (e is SettingsException or PipelineException or FileNotFoundException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

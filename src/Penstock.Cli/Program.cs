using Penstock.Cli.CommandLine;

return await PenstockCommandLine.RunAsync(args, Surroundings.OfProcess());

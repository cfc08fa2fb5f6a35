using Penstock.Simulation;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// xunit's own entry point, but for "run PLAN", which shows one run step by step, and "seeds SCENARIO FIRST LAST", and "hunt COUNT", which
// looks for a broken promise with seeds of all scenarios.
try
{
    return args switch
    {
        ["run", .. var plan] => OneRun.Show(string.Join(' ', plan)),
        ["seeds", var scenario, var first, var last] => OneRun.Seeds(scenario, first, last),
        ["hunt", var count] => OneRun.Hunt(Runs.Number(count)),
        _ when args.Any(arg => arg is "-automated" or "@@") => await ConsoleRunner.Run(args),
        _ => await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    };
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}

using Penstock.Pipelines.Tests;
using Penstock.Pipelines.Tests.Folders;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// xunit's own entry point, but for the processes that tests start to kill them.
if (await ChildProcess.TryRunAsync())
    return 0;
return args.Any(arg => arg is "-automated" or "@@")
    ? await ConsoleRunner.Run(args)
    : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);

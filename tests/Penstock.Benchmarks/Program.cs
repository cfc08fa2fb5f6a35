using System.CommandLine;
using Penstock.Benchmarks.Budget;
using Penstock.Benchmarks.Operate;
using Penstock.Benchmarks.Reading;
using Penstock.Benchmarks.Transform;

var root = new RootCommand("Measures Penstock. Each command makes its own data, serves it itself on loopback, and prints a table; build with -c Release.");
root.Add(new ReadCommand());
root.Add(new ServeCommand());
root.Add(new LandCommand());
root.Add(TransformCommand.Create());
root.Add(OperateCommand.Create());
root.Add(new BudgetCommand());
root.Add(new RealBudgetCommand());
root.Add(new RealWorkerCommand());
return await root.Parse(args).InvokeAsync();

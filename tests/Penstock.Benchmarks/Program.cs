using System.CommandLine;

var root = new RootCommand("Measures Penstock: each command is one program to time as a whole, with its own data and its own server.");
return await root.Parse(args).InvokeAsync();

using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Penstock.Functions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
// The worker sends its logs to the host, which charges for them; host.json can't tell a library's chatter from ours.
builder.Logging
    .AddFilter("Azure", LogLevel.Warning)
    .AddFilter("Microsoft", LogLevel.Warning)
    .AddFilter("System", LogLevel.Warning);
builder.Services.AddFunctionApp(builder.Configuration);
await builder.Build().RunAsync();

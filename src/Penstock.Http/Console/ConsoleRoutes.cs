using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Problems;
using Penstock.Http.Routing;

namespace Penstock.Http.Console;

internal static class ConsoleRoutes
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("GET", "/console", "OpenConsole", "Console", "Leads to the operators' page.")
        {
            Handler = services => services.GetRequiredService<ConsoleEndpoints>().OpenAsync,
            IsOpen = true,
            Answers = [new EndpointAnswer(302, "The page's address.")],
        },
        new("GET", "/console/{file}", "GetConsoleFile", "Console", "Gives the operators' page and what it is made of.")
        {
            Handler = services => services.GetRequiredService<ConsoleEndpoints>().FileAsync,
            IsOpen = true,
            Answers = [new EndpointAnswer(200, "The file.")],
            Problems = [ProblemTypes.UnknownRoute],
        },
        new("GET", "/console/{folder}/{file}", "GetConsoleFileInFolder", "Console", "Gives what the operators' page is made of.")
        {
            Handler = services => services.GetRequiredService<ConsoleEndpoints>().FileInFolderAsync,
            IsOpen = true,
            Answers = [new EndpointAnswer(200, "The file.")],
            Problems = [ProblemTypes.UnknownRoute],
        },
    ];
}

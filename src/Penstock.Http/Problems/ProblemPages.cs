using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Penstock.Http.Problems;

/// <summary>Gives an answer without a body, such as routing's 404 and 405, a problem as its body.</summary>
public static class ProblemPages
{
    /// <summary>Adds it; before routing's endpoints.</summary>
    public static void UseProblemPages(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        context.Response.Headers[RequestId.Header] = RequestId.Of(context);
        await next(context);
        if (!context.Response.HasStarted && context.Response is { ContentLength: null or 0, ContentType: null } && Of(context) is { } problem)
            await new ProblemResult(problem).ExecuteAsync(context);
    });

    private static Problem? Of(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => ProblemTypes.UnknownRoute.With($"Nothing answers at {context.Request.Path}. The addresses are in docs/api.md."),
        StatusCodes.Status405MethodNotAllowed => ProblemTypes.WrongMethod
            .With($"{context.Request.Method} isn't known at {context.Request.Path}. Known: {context.Response.Headers.Allow}."),
        _ => null,
    };
}

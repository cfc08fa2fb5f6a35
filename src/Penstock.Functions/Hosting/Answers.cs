using Microsoft.AspNetCore.Http;

namespace Penstock.Functions.Hosting;

/// <summary>
/// Writes an answer before its function returns. The worker executes a result that a function returns, and then sends it to
/// the host a second time, as the JSON of its public properties, which nobody reads; of an empty one there is nothing to send.
/// </summary>
internal static class Answers
{
    /// <summary>Writes the answer to the request's response.</summary>
    public static async Task<IResult> WriteAsync(this Task<IResult> answer, HttpRequest request)
    {
        IResult result = await answer;
        await result.ExecuteAsync(request.HttpContext);
        return Results.Empty;
    }
}

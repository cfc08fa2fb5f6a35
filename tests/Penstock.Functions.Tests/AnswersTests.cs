using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Functions.Triggers;

namespace Penstock.Functions.Tests;

public sealed class AnswersTests
{
    [Fact]
    public async Task an_answer_is_written_and_nothing_is_left_to_send_to_the_host()
    {
        using ServiceProvider services = AppOf.Services();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Response.Body = body;

        IResult left = await ActivatorUtilities.CreateInstance<PipelineTriggers>(services).GetAsync(context.Request, "nowhere", default);

        Assert.IsType<EmptyHttpResult>(left);
        Assert.Equal(StatusCodes.Status404NotFound, context.Response.StatusCode);
        Assert.NotEqual(0, body.Length);
    }
}

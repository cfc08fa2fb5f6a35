using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Penstock.Http.Problems;

/// <summary>Names a request, so that what a caller saw is found again in logs and traces.</summary>
public static class RequestId
{
    /// <summary>The response header that holds it.</summary>
    public const string Header = "X-Request-Id";

    /// <summary>The W3C trace id if the request is traced, else the server's own id.</summary>
    public static string Of(HttpContext context) =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : context.TraceIdentifier;
}

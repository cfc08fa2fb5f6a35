using Microsoft.AspNetCore.Http;
using Penstock.Http.Problems;

namespace Penstock.Http.Commands;

/// <summary>Versions of what operators change (RFC 9110, 13.1.1).</summary>
internal static class ETags
{
    /// <summary>The version that the caller saw; null if any will do.</summary>
    public static string? IfMatch(HttpRequest request) => request.Headers.IfMatch.ToString().Trim() switch
    {
        "" or "*" => null,
        { } tag => tag.Replace("W/", "", StringComparison.Ordinal).Trim('"'),
    };

    /// <summary>Somebody else was faster.</summary>
    public static ProblemResult Changed(string what) =>
        new(ProblemTypes.Changed.With($"{what} was changed since you read it. Read it again, and send your change with its new ETag."));
}

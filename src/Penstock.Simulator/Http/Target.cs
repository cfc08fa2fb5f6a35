using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Penstock.Simulator;

/// <summary>What a log may say of a call's address.</summary>
internal static class Target
{
    /// <summary>Path and query, the key's value taken out.</summary>
    public static string WithoutKey(HttpRequest request, string keyParameter)
    {
        var query = request.QueryString.Value ?? "";
        if (request.Query.ContainsKey(keyParameter))
        {
            query = Regex.Replace(query, $"([?&]{Regex.Escape(keyParameter)}=)[^&]*", "$1***", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(30));
        }

        return request.Path + query;
    }
}

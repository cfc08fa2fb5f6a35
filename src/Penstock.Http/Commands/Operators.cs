using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Penstock.Pipelines.Operating;

namespace Penstock.Http.Commands;

/// <summary>Tells who operates, and whether he may.</summary>
/// <param name="options">How the host knows.</param>
public sealed class Operators(OperatorOptions options)
{
    /// <summary>A holder of a key names himself with it; nobody checks.</summary>
    public const string NameHeader = "X-Penstock-Operator";

    private const string Prefix = "X-MS-CLIENT-PRINCIPAL";
    private const string RolePrefix = "Penstock.";
    private const string OperatorRole = RolePrefix + "Operator";
    private const int MaxName = 100;

    /// <summary>Who sends a request.</summary>
    public Operator Of(HttpRequest request)
    {
        if (options.HasEntraHeaders && Text(request, $"{Prefix}-NAME") is { } name)
            return new Operator("entra", name, Text(request, $"{Prefix}-ID"));
        return new Operator(options.Kind, Text(request, NameHeader) ?? options.Kind);
    }

    /// <summary>Whether he may change anything: who has only other roles of Penstock's, such as <c>Penstock.Reader</c>, may not.</summary>
    public bool MayChange(HttpRequest request)
    {
        string[] roles = options.HasEntraHeaders && Text(request, Prefix) is { } principal ? [.. Roles(principal)] : [];
        return roles.Length == 0 || roles.Contains(OperatorRole);
    }

    private static IEnumerable<string> Roles(string principal)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(Convert.FromBase64String(principal));
            string type = json.RootElement.TryGetProperty("role_typ", out JsonElement roleType) ? roleType.GetString() ?? "roles" : "roles";
            return json.RootElement.TryGetProperty("claims", out JsonElement claims) && claims.ValueKind == JsonValueKind.Array
                ? [.. claims.EnumerateArray()
                    .Where(claim => claim.GetProperty("typ").GetString() is { } of && (of == type || of == "roles"))
                    .Select(claim => claim.GetProperty("val").GetString() ?? "")
                    .Where(role => role.StartsWith(RolePrefix, StringComparison.Ordinal))]
                : [];
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // What can't be read proves nothing: it is as good as a role that may not.
            return [RolePrefix];
        }
    }

    private static string? Text(HttpRequest request, string header) =>
        request.Headers[header].ToString() is { Length: > 0 } text ? text[..Math.Min(text.Length, header == Prefix ? int.MaxValue : MaxName)] : null;
}

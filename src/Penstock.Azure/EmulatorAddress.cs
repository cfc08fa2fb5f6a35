using System.Data.Common;

namespace Penstock.Azure;

/// <summary>Tells connection strings of emulators on this machine from those of accounts.</summary>
internal static class EmulatorAddress
{
    public static bool IsStorageEmulator(string connectionString) =>
        Parse(connectionString) is { } parts
        && (Value(parts, "UseDevelopmentStorage") == "true" || (IsLoopback(Value(parts, "BlobEndpoint")) && IsLoopback(Value(parts, "QueueEndpoint"))));

    public static bool IsCosmosEmulator(string connectionString) =>
        Parse(connectionString) is { } parts && IsLoopback(Value(parts, "AccountEndpoint"));

    private static DbConnectionStringBuilder? Parse(string connectionString)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = connectionString };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string? Value(DbConnectionStringBuilder parts, string name) => parts.TryGetValue(name, out object? value) ? (string)value : null;

    private static bool IsLoopback(string? address) => Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.IsLoopback;
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using Penstock.Connectors.Components;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;

namespace Penstock.Cli.Tests.Commands;

/// <summary>A retriever that needs no source.</summary>
[ConnectorComponent("source_cli.components.OneRecord")]
public sealed class OneRecord(ComponentParts parts) : IRetriever
{
    public async IAsyncEnumerable<ReadStep> ReadAsync(SliceScope slice, string? position, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield return new PageRead([JsonSerializer.SerializeToUtf8Bytes(new { greeting = parts.Text("greeting") })], null, null, 0);
    }
}

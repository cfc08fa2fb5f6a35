using Penstock.Pipelines.Folders;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Folders.Curated;
using Penstock.Pipelines.Ports;
using Penstock.Testing;
using Penstock.Testing.Compliance;

namespace Penstock.Pipelines.Tests.Folders;

public sealed class FolderBlobStoreComplianceTests : BlobStoreCompliance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    public FolderBlobStoreComplianceTests() => Store = new FolderBlobStore(_folder.Path, _time);

    protected override IBlobStore Store { get; }

    protected override DateTimeOffset Now => _time.GetUtcNow();

    public void Dispose() => _folder.Dispose();
}

public sealed class FolderWorkQueueComplianceTests : WorkQueueCompliance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();
    private readonly FolderWorkQueue _queue;

    public FolderWorkQueueComplianceTests() => _queue = new FolderWorkQueue(_folder.Path, _time, new CryptoIdSource());

    protected override IWorkQueue Queue => _queue;

    protected override IWorkReceiver Receiver => _queue;

    public void Dispose() => _folder.Dispose();

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }
}

public sealed class FolderCuratedStoreComplianceTests : CuratedStoreCompliance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FolderCuratedStoreComplianceTests() => Store = new FolderCuratedStore(_folder.Path, new ManualTimeProvider());

    protected override ICuratedStore Store { get; }

    public void Dispose() => _folder.Dispose();
}

public sealed class FolderCuratedHistoryComplianceTests : CuratedHistoryCompliance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FolderCuratedHistoryComplianceTests() => Store = new FolderCuratedStore(_folder.Path, new ManualTimeProvider());

    protected override ICuratedStore Store { get; }

    public void Dispose() => _folder.Dispose();
}

public class EnvironmentSecretStoreComplianceTests : SecretStoreCompliance
{
    protected override ISecretStore Store { get; } =
        new EnvironmentSecretStore(variable => variable == "PENSTOCK_SECRET_API_KEY_1" ? Value : null);
}

public sealed class FileSecretStoreComplianceTests : SecretStoreCompliance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FileSecretStoreComplianceTests()
    {
        string file = Path.Combine(_folder.Path, "secrets.json");
        File.WriteAllText(file, $$"""{"other": "x", "{{Name}}": {{System.Text.Json.JsonSerializer.Serialize(Value)}} /* a comment */, }""");
        Store = new FileSecretStore(file);
    }

    protected override ISecretStore Store { get; }

    public void Dispose() => _folder.Dispose();
}

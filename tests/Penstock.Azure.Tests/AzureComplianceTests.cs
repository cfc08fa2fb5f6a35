using Penstock.Pipelines.Ports;
using Penstock.Testing.Compliance;

namespace Penstock.Azure.Tests;

public class AzureBlobStoreComplianceTests(EmulatorFixture emulators) : BlobStoreCompliance
{
    protected override IBlobStore Store => emulators.Get<IBlobStore>();

    protected override DateTimeOffset Now => DateTimeOffset.UtcNow;
}

public class AzureWorkQueueComplianceTests(EmulatorFixture emulators) : WorkQueueCompliance
{
    protected override IWorkQueue Queue => emulators.Get<IWorkQueue>();

    protected override IWorkReceiver Receiver => emulators.Get<IWorkReceiver>();

    // Azurite's clock can't be moved, and it counts whole seconds.
    protected override Task PassAsync(TimeSpan time) => Task.Delay(time + TimeSpan.FromSeconds(1.1));
}

public class CosmosCuratedStoreComplianceTests(EmulatorFixture emulators) : CuratedStoreCompliance
{
    protected override ICuratedStore Store => emulators.Get<ICuratedStore>();
}

public class CosmosCuratedHistoryComplianceTests(EmulatorFixture emulators) : CuratedHistoryCompliance
{
    protected override ICuratedStore Store => emulators.Get<ICuratedStore>();

    protected override int Orders => 3;
}

namespace Penstock.Pipelines.Telemetry;

/// <summary>
/// The semantic conventions: every name that a trace or a metric has, in one place. Names that begin with <c>penstock.</c> are
/// ours; the others are OpenTelemetry's (semantic conventions 1.44, of which messaging, faas and azure are in development: what
/// is renamed there is renamed here and nowhere else).
/// </summary>
public static class TelemetryNames
{
    /// <summary>The activity source and the meter.</summary>
    public const string Source = "Penstock";

    /// <summary>What a span does; its name is this and <c>pipeline/stream</c>.</summary>
    public static class Spans
    {
        /// <summary>A clock's look at what is due.</summary>
        public const string Tick = "tick";

        /// <summary>A run begins: the root of a run's trace, unless an operator's request is.</summary>
        public const string Begin = "begin";

        /// <summary>A run's slices are listed.</summary>
        public const string Plan = "plan";

        /// <summary>A run ends.</summary>
        public const string End = "end";

        /// <summary>An extract message is worked on.</summary>
        public const string Extract = "extract";

        /// <summary>Records are put as a raw blob and committed.</summary>
        public const string Land = "land";

        /// <summary>A pushed batch is landed.</summary>
        public const string Receive = "receive";

        /// <summary>A transform message is worked on.</summary>
        public const string Transform = "transform";

        /// <summary>A batch of records is written to the curated output.</summary>
        public const string Curate = "curate";
    }

    /// <summary>The keys of attributes.</summary>
    public static class Attributes
    {
        /// <summary>The pipeline.</summary>
        public const string Pipeline = "penstock.pipeline";

        /// <summary>The stream.</summary>
        public const string Stream = "penstock.stream";

        /// <summary>The run's id.</summary>
        public const string Run = "penstock.run";

        /// <summary>Why a run runs: <c>incremental</c> or <c>backfill</c>.</summary>
        public const string RunKind = "penstock.run.kind";

        /// <summary>How a run ended.</summary>
        public const string RunStatus = "penstock.run.status";

        /// <summary>The slice's ordinal in its run.</summary>
        public const string Slice = "penstock.slice";

        /// <summary>How many slices were planned.</summary>
        public const string Slices = "penstock.slices";

        /// <summary>The raw blob.</summary>
        public const string Blob = "penstock.blob";

        /// <summary>How many records.</summary>
        public const string Records = "penstock.records";

        /// <summary>How many bytes, as they are stored.</summary>
        public const string Bytes = "penstock.bytes";

        /// <summary>What became of it: of a message <c>landed</c>, <c>deferred</c> …; of a record <c>curated</c>, <c>quarantined</c> …</summary>
        public const string Outcome = "penstock.outcome";

        /// <summary>How many records were older than what was there.</summary>
        public const string Stale = "penstock.records.stale";

        /// <summary>How many records were set aside.</summary>
        public const string Quarantined = "penstock.records.quarantined";

        /// <summary>How long a message lay in its queue after it was due, in seconds.</summary>
        public const string QueueWait = "penstock.queue.wait";

        /// <summary>Which operation of a store.</summary>
        public const string Operation = "penstock.operation";

        /// <summary>What a price is for.</summary>
        public const string CostKind = "penstock.cost.kind";

        /// <summary>The currency, as ISO 4217 has it.</summary>
        public const string Currency = "penstock.currency";

        /// <summary>What kind of trigger it was: <c>timer</c>, <c>pubsub</c> or <c>http</c> (faas, in development).</summary>
        public const string Trigger = "faas.trigger";

        /// <summary>The messaging system; storage queues have no value of their own (messaging, in development).</summary>
        public const string MessagingSystem = "messaging.system";

        /// <summary>The queue (messaging, in development).</summary>
        public const string Queue = "messaging.destination.name";

        /// <summary>What is done with a message: <c>process</c> (messaging, in development).</summary>
        public const string MessagingOperation = "messaging.operation.type";

        /// <summary>How many events came together (messaging, in development).</summary>
        public const string BatchCount = "messaging.batch.message_count";

        /// <summary>The class of an error; its text is the span's status (stable).</summary>
        public const string Error = "error.type";

        /// <summary>The request units that a call to Cosmos DB took (azure, in development).</summary>
        public const string RequestCharge = "azure.cosmosdb.operation.request_charge";
    }

    /// <summary>The instruments of the meter.</summary>
    public static class Metrics
    {
        /// <summary>Records by outcome.</summary>
        public const string Records = "penstock.records";

        /// <summary>Bytes of raw blobs.</summary>
        public const string RawBytes = "penstock.raw.bytes";

        /// <summary>Calls to sources.</summary>
        public const string SourceCalls = "penstock.source.calls";

        /// <summary>Runs that ended.</summary>
        public const string RunDuration = "penstock.run.duration";

        /// <summary>Attempts at slices.</summary>
        public const string SliceDuration = "penstock.slice.duration";

        /// <summary>Transforms of raw blobs.</summary>
        public const string TransformDuration = "penstock.transform.duration";

        /// <summary>From taken from the source to curated.</summary>
        public const string Lag = "penstock.lag";

        /// <summary>The age of a stream's newest complete data.</summary>
        public const string Freshness = "penstock.freshness";

        /// <summary>How much of what the pipeline promises that age is.</summary>
        public const string FreshnessUsed = "penstock.freshness.used";

        /// <summary>How long messages wait after they are due.</summary>
        public const string QueueWait = "penstock.queue.wait";

        /// <summary>Messages that became dead letters.</summary>
        public const string DeadLetters = "penstock.deadletters";

        /// <summary>Operations on stores and queues.</summary>
        public const string StoreOperations = "penstock.store.operations";

        /// <summary>Request units of Cosmos DB.</summary>
        public const string RequestUnits = "penstock.request_units";

        /// <summary>GB-seconds of the workers.</summary>
        public const string Compute = "penstock.compute";

        /// <summary>What it all costs.</summary>
        public const string Cost = "penstock.cost";
    }
}

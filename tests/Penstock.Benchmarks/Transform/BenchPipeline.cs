namespace Penstock.Benchmarks.Transform;

/// <summary>The pipeline that is measured, as files like anybody's.</summary>
internal static class BenchPipeline
{
    private const string Contract = """
        apiVersion: v3.1.0
        kind: DataContract
        id: customers
        version: 1.0.0
        status: active
        schema:
          - name: customers
            logicalType: object
            properties:
              - { name: id, logicalType: string, required: true, primaryKey: true, primaryKeyPosition: 1 }
              - { name: updated_at, logicalType: timestamp, required: true }
              - { name: name, logicalType: string, required: true, classification: personal }
              - { name: email, logicalType: string, required: true, classification: personal }
              - { name: phone, logicalType: string, classification: personal }
              - name: address
                logicalType: object
                properties:
                  - { name: street, logicalType: string }
                  - { name: city, logicalType: string, required: true }
                  - { name: postcode, logicalType: string }
              - { name: plan, logicalType: string, required: true }
              - { name: seats, logicalType: integer }
              - { name: balance, logicalType: number }
              - { name: active, logicalType: boolean, required: true }
              - { name: created_at, logicalType: timestamp }
              - name: tags
                logicalType: array
                items: { name: tag, logicalType: string }
              - { name: note, logicalType: string }
        """;

    /// <summary>Writes the files into a pipelines' folder.</summary>
    public static void Write(string folder, string name, string history, bool hasContract, bool masks)
    {
        Directory.CreateDirectory(Path.Combine(folder, name));
        File.WriteAllText(Path.Combine(folder, name, "customers.odcs.yaml"), Contract);
        File.WriteAllText(Path.Combine(folder, name, "pipeline.yaml"), $"""
            pipeline: {name}
            streams:
              - stream: customers
                receive: {"{"} event_hub: customers {"}"}
                key: [id]
                version: updated_at
                history: {history}
                {(hasContract ? "contract: customers.odcs.yaml" : "")}
                {(masks ? "mask: { name: hash, email: hash, phone: { partial: phone } }" : "mask: { name: keep, email: keep, phone: keep }")}
            """);
    }
}

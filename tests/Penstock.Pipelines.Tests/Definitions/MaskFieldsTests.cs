using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Masking;

namespace Penstock.Pipelines.Tests.Definitions;

public class MaskFieldsTests
{
    private const string Contract = """
        apiVersion: v3.1.0
        kind: DataContract
        id: customers
        version: 1.0.0
        status: active
        schema:
          - name: customers
            properties:
              - { name: id, logicalType: integer, primaryKey: true }
              - { name: email, logicalType: string, classification: restricted }
              - { name: phone, logicalType: string, classification: personal }
              - name: address
                logicalType: object
                properties:
                  - { name: street, logicalType: string, classification: Sensitive }
                  - { name: country, logicalType: string, classification: public }
        """;

    [Fact]
    public async Task a_mask_is_what_the_stream_says_and_what_its_contract_classifies()
    {
        Pipeline pipeline = await new PipelineFiles().Add("shop/pipeline.yaml", """
            pipeline: shop
            masking: { key: my-key, classifications: { personal: { partial: phone } } }
            streams:
              - stream: customers
                receive: { event_hub: customers }
                contract: customers.odcs.yaml
                mask:
                  email: { hash: { ignore_case: true } }
                  birth_date: { generalise: year }
                  income: { generalise: { bucket: 10000 } }
                  postcode: { generalise: { prefix: 2 } }
                  name: { partial: { first: 1 } }
                  notes[].text: drop
                  address.zip: redact
            """).Add("shop/customers.odcs.yaml", Contract).UsableAsync("shop");
        StreamMask mask = pipeline.Streams[0].Mask!;
        Assert.Equal(
            [
                ("email", new HashValue(true), 8), ("birth_date", new GeneraliseDate(DateUnit.Year), 9), ("income", new GeneraliseNumber(10000), 10),
                ("postcode", new GeneraliseText(2), 11), ("name", new PartialValue(PartialKind.Text, 1), 12), ("notes[].text", new DropValue(), 13),
                ("address.zip", new RedactValue(), 14), ("phone", new PartialValue(PartialKind.Phone), 6), ("address.street", new RedactValue(), 6),
                ("address.country", new KeepValue(), 6),
            ],
            mask.Paths.Select(path => (path.Path, path.Rule, path.Line)));
        Assert.Equal(new MaskKeyVersion(1, "my-key", DateTimeOffset.MinValue), mask.Keys.At(DateTimeOffset.UnixEpoch));
        Assert.Contains(new SecretReference("my-key", "shop/pipeline.yaml", 2, "masking.key"), pipeline.Secrets);
    }

    [Fact]
    public async Task the_version_of_the_key_depends_on_when_a_record_was_taken_and_on_nothing_else()
    {
        Pipeline pipeline = await new PipelineFiles().Add("shop/pipeline.yaml", """
            pipeline: shop
            masking:
              keys:
                - { version: 1, secret: mask-key }
                - { version: 2, secret: mask-key-2, from: 2026-06-01T00:00:00Z }
            streams: [{ stream: customers, receive: { event_hub: customers }, key: [email], mask: { email: hash } }]
            """).UsableAsync("shop");
        MaskKeyVersions keys = pipeline.Streams[0].Mask!.Keys;
        Assert.Equal(1, keys.At(new DateTimeOffset(2026, 5, 31, 23, 59, 59, TimeSpan.Zero)).Number);
        Assert.Equal(2, keys.At(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero)).Number);
        Assert.Equal(["mask-key", "mask-key-2"], pipeline.Secrets.Select(secret => secret.Name));
    }

    [Theory]
    [InlineData("redact")]
    [InlineData("drop")]
    [InlineData("partial")]
    [InlineData("{ generalise: year }")]
    public async Task a_key_that_is_masked_so_that_different_keys_become_alike_is_refused_with_the_line(string rule)
    {
        string problems = await new PipelineFiles().Add("shop/pipeline.yaml", $$"""
            pipeline: shop
            streams:
              - stream: customers
                receive: { event_hub: customers }
                key: [customer.email]
                mask:
                  customer: {{rule}}
            """).ProblemsAsync("shop");
        Assert.StartsWith("shop/pipeline.yaml:7: streams[0].mask.customer: 'customer.email' is the key, and different keys must stay different", problems);
    }

    [Fact]
    public async Task what_can_not_be_is_told_with_its_line_and_what_to_do()
    {
        string problems = await new PipelineFiles().Add("shop/pipeline.yaml", """
            pipeline: shop
            masking:
              key: not a name
              keys: [{ version: 2, secret: a, from: 2026-06-01 }, { version: 2, secret: b, from: 2026-07-01 }, { secret: c }]
              classifications: { personal: mask }
            streams:
              - stream: customers
                receive: { event_hub: customers }
                key: [id]
                version: updated
                contract: customers.odcs.yaml
                mask:
                  updated: hash
                  a..b: hash
                  email: hsh
                  born: generalise
                  age: { generalise: { bucket: 0 } }
                  name: { partial: middle }
                  x: { generalise: { bucket: 1, prefix: 2 } }
                  tags: [hash]
            """).Add("shop/customers.odcs.yaml", Contract.Replace("classification: restricted", "classification: top")).ProblemsAsync("shop");
        foreach (string expected in new[]
        {
            "shop/pipeline.yaml:3: masking.key: This isn't the name of a secret.",
            "shop/pipeline.yaml:4: masking.keys: There is either 'key' or 'keys'.",
            "shop/pipeline.yaml:4: masking.keys[1].version: Version 2 is there twice.",
            "shop/pipeline.yaml:4: masking.keys[2].version: 'version' is missing.",
            "shop/pipeline.yaml:5: masking.classifications.personal: 'mask' isn't a rule.",
            "shop/pipeline.yaml:11: streams[0].contract: It classifies 'email' as 'top', and nothing says what is done then.",
            "shop/pipeline.yaml:13: streams[0].mask.updated: 'updated' orders the versions of a record, and masked it doesn't.",
            "shop/pipeline.yaml:14: streams[0].mask.a..b: 'a..b' isn't a path.",
            "shop/pipeline.yaml:15: streams[0].mask.email: 'hsh' isn't a rule.",
            "shop/pipeline.yaml:16: streams[0].mask.born: 'generalise' doesn't say to what.",
            "shop/pipeline.yaml:17: streams[0].mask.age.generalise.bucket: A bucket's width is a number greater than 0.",
            "shop/pipeline.yaml:18: streams[0].mask.name.partial: 'middle' isn't a kind of 'partial'.",
            "shop/pipeline.yaml:19: streams[0].mask.x.generalise: It says either 'bucket' or 'prefix'.",
            "shop/pipeline.yaml:20: streams[0].mask.tags: A rule is one word, or a mapping of one, but this is a list.",
        })
            Assert.Contains(expected, problems);
    }
}

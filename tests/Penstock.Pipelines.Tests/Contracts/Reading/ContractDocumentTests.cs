using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Contracts.Reading;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Tests.Contracts.Reading;

public class ContractDocumentTests
{
    private const string Whole = """
        apiVersion: v3.1.0
        kind: DataContract
        id: urn:shop:orders
        version: "2.0"
        status: active
        name: Orders
        tenant: shop
        domain: sales
        dataProduct: orders
        tags: [sales]
        contractCreatedTs: "2026-01-31T09:30:00+01:00"
        description: { purpose: Orders, usage: Joins, limitations: None, more: is allowed here }
        price: { priceAmount: 9.95, priceCurrency: EUR, priceUnit: month }
        authoritativeDefinitions: [{ type: canonical, url: "https://example.com" }]
        roles: [{ role: reader, access: read }]
        servers:
          - { server: lake, type: azure, location: "https://a.blob.core.windows.net/curated", format: json }
          - { server: db, type: postgres, host: localhost, port: 5432, database: shop, schema: public }
          - { server: own, type: custom, host: h, customProperties: [{ property: x, value: [1, 2] }] }
        team:
          name: shop-data
          members: [{ username: ada, role: Owner, dateIn: "2026-01-01" }]
        support:
          - { channel: shop-data, tool: email, url: "mailto:shop-data@example.com" }
          - { channel: "#orders" }
        slaProperties:
          - { property: latency, value: 15, unit: min, element: orders.updated_at, driver: operational }
          - { property: retention, value: 2, unit: y }
          - { property: frequency, value: PT5M }
          - { property: generalAvailability, value: "2026-05-12T09:30:10-08:00" }
          - { property: latency, value: 4, unit: fortnights, element: orders.id }
          - { property: latency, value: 4, unit: d, element: customers.id }
        schema:
          - name: orders
            tags: [orders]
            relationships: [{ from: [orders.customer, orders.region], to: [customers.id, customers.region] }]
            quality:
              - { metric: rowCount, mustBeBetween: [10, 1], severity: warning }
              - { type: sql, query: "select 1", mustBe: 1 }
              - { type: custom, engine: soda, implementation: { checks: [] } }
              - { type: text, description: It is nearly complete. }
              - { metric: duplicateValues, mustBe: 0, arguments: { properties: [customer, updated_at] } }
            properties:
              - { name: id, logicalType: string, required: true, unique: true, primaryKey: true, primaryKeyPosition: 1, tags: [key] }
              - name: updated_at
                logicalType: timestamp
                logicalTypeOptions: { format: "yyyy-MM-dd'T'HH:mm:ssXXX", minimum: "2020-01-01 00:00:00Z" }
              - name: customer
                logicalType: string
                classification: personal
                relationships: [{ to: customers.id }]
                quality:
                  - { id: customers_known, metric: nullValues, mustBeLessThan: 1.5, unit: percent, dimension: completeness }
                  - { metric: missingValues, mustBe: 0, arguments: { missingValues: [null, "", n/a] } }
                  - { metric: invalidValues, mustBe: 0, arguments: { pattern: "^c-" } }
                  - { metric: nullValues, mustBe: nothing }
              - name: lines
                logicalType: array
                items:
                  logicalType: object
                  properties:
                    - { name: sku, logicalType: string, quality: [{ metric: nullValues, mustBe: 0 }] }
          - { name: customers, properties: [] }
        """;

    [Fact]
    public void a_whole_document_of_the_standard_is_read()
    {
        Contract orders = Read(Whole, "orders");
        Assert.Equal(("urn:shop:orders", "2.0", "active", "shop-data"), (orders.Id, orders.Version, orders.Status, orders.Owner));
        Assert.Equal(["sales", "orders"], orders.Tags);
        Assert.Equal(["shop-data (mailto:shop-data@example.com)", "#orders"], orders.Support);
        Assert.Equal(["id"], orders.PrimaryKey);
        Assert.Equal((TimeSpan.FromMinutes(15), TimeSpan.FromDays(730)), (orders.Freshness, orders.Retention));
        Assert.Equal(TimeSpan.FromMinutes(5), orders.ServiceLevels.Single(level => level.Property == "frequency").Value);
        Assert.True(orders.Properties[0].Unique);
        Assert.Equal("2020-01-01T00:00:00Z", orders.Properties[1].Options.Least?.Text);
        Assert.Equal("personal", orders.Properties[2].Classification);
    }

    [Fact]
    public void rules_of_the_library_are_read_and_the_others_are_noted()
    {
        Contract orders = Read(Whole, "orders");
        Assert.Equal(
            ["id.unique DuplicateValues id: 0", "customers_known NullValues customer: less than 1.5 %", "customer.missingValues MissingValues customer: 0", "customer.invalidValues InvalidValues customer: 0",
             "rowCount RowCount : between 1 and 10", "duplicateValues DuplicateValues : 0"],
            orders.Rules.Select(rule => $"{rule.Name} {rule.Metric} {rule.Path}: {rule.Must}{(rule.IsPercent ? " %" : "")}"));
        Assert.Equal([false, false, true, true, false, false], orders.Rules.Select(rule => rule.IsOfRecords));
        Assert.Equal(
            ["schema[0].properties[2].quality[3]", "schema[0].properties[3].items.properties[0].quality[0]", "schema[0].quality[1]", "schema[0].quality[2]", "slaProperties[4]"],
            orders.Notes.Select(note => note.Path));
        Assert.All(orders.Notes, note => Assert.True(note.Line > 30));
        Assert.Contains("it is SQL", orders.Notes[2].Text);
        Assert.Contains("'soda'", orders.Notes[3].Text);
    }

    [Theory]
    [InlineData("status: active", "status: 1", "c.yaml:5: status: must be a text, but is a number. Quote it: \"1\".")]
    [InlineData("tenant: shop", "tenant:", "c.yaml:7: tenant: must be a text, but is empty. Write a text, or remove the field.")]
    [InlineData("tenant: shop", "tenent: shop", "c.yaml:7: tenent: 'tenent' isn't a field of the standard here. Did you mean 'tenant'?")]
    [InlineData("\"2026-01-31T09:30:00+01:00\"", "yesterday", "c.yaml:11: contractCreatedTs: 'yesterday' isn't an instant with an offset, for example 2026-01-31T09:30:00Z. Write an instant with an offset, for example 2026-01-31T09:30:00Z.")]
    [InlineData("priceAmount: 9.95", "priceAmount: \"9.95\"", "c.yaml:13: price.priceAmount: must be a number, but is a text. Write a number, without quotes.")]
    [InlineData(", format: json }", " }", "c.yaml:17: servers[0].format: 'format' is missing. The standard requires it: add it.")]
    [InlineData("port: 5432", "port: \"5432\"", "c.yaml:18: servers[1].port: must be a whole number, but is a text. Write a whole number, without quotes.")]
    [InlineData("type: postgres", "type: postgers", "c.yaml:18: servers[1].type: 'postgers' isn't one of the values that the standard knows. Did you mean 'postgres'?")]
    [InlineData("property: latency, value: 15", "property: latency", "c.yaml:27: slaProperties[0].value: 'value' is missing. The standard requires it: add it.")]
    [InlineData("to: [customers.id, customers.region]", "to: customers.id", "c.yaml:36: schema[0].relationships[0]: 'from' and 'to' must both be texts, or both lists. Write as many columns on both sides.")]
    [InlineData("mustBeBetween: [10, 1]", "mustBeBetween: [10]", "c.yaml:38: schema[0].quality[0].mustBeBetween: The list has 1 items. Write 2.")]
    [InlineData("mustBeBetween: [10, 1]", "mustBe: 1, mustNotBe: 2", "c.yaml:38: schema[0].quality[0]: The rule has 2 comparisons: mustBe, mustNotBe. Keep one, or write a rule for each.")]
    [InlineData("metric: rowCount, mustBeBetween: [10, 1]", "metric: rowCount", "c.yaml:38: schema[0].quality[0]: The rule says nothing about its figure. Add one comparison, for example mustBe: 0.")]
    [InlineData("type: custom, engine: soda,", "type: custom,", "c.yaml:40: schema[0].quality[2].engine: 'engine' is missing. The standard requires it: add it.")]
    [InlineData("unique: true,", "unique: 1,", "c.yaml:44: schema[0].properties[0].unique: must be true or false, but is a number. Write true or false.")]
    [InlineData("2020-01-01 00:00:00Z\" }", "2020-01-01 00:00:00Z\", maxLength: 3 }", "c.yaml:47: schema[0].properties[1].logicalTypeOptions.maxLength: 'maxLength' isn't a field of the standard here. Remove it, or write it under customProperties: [{ property: ..., value: ... }].")]
    [InlineData("[{ to: customers.id }]", "[{ from: orders.a, to: customers.id }]", "c.yaml:51: schema[0].properties[2].relationships[0].from: 'from' isn't a field of the standard here. Remove it, or write it under customProperties: [{ property: ..., value: ... }].")]
    public void what_the_standards_json_schema_rejects_is_rejected_with_line_and_path(string found, string mutated, string problem) =>
        Assert.Equal(problem, Problems(Whole.Replace(found, mutated), "orders")[0]);

    [Theory]
    [InlineData("pattern: \"^c-\"", "pattern: \"(\"", "schema[0].properties[2].quality[2].arguments.pattern: This isn't a regular expression")]
    [InlineData("minimum: \"2020-01-01 00:00:00Z\"", "minimum: \"2020-01-01 00:00:00Z\", maximum: \"2019-01-01T00:00:00Z\"", "The least is more than the most")]
    [InlineData("tags: [key] }", "customProperties: [{ property: coerce, value: maybe }] }", "'maybe' isn't a way to coerce. Write one of: false, true, epoch_seconds, epoch_milliseconds.")]
    [InlineData("{ name: customers, properties: [] }", "{ name: orders }", "The object 'orders' is there 2 times.")]
    public void what_cannot_be_enforced_as_it_is_meant_is_rejected_too(string found, string mutated, string problem) =>
        Assert.Contains(problem, string.Join('\n', Problems(Whole.Replace(found, mutated), "orders")));

    private static Contract Read(string text, string stream)
    {
        var problems = new List<DefinitionProblem>();
        Contract? contract = ContractFile.Read(text, stream, new Problems("c.yaml", problems));
        Assert.Empty(problems);
        return contract!;
    }

    private static string[] Problems(string text, string stream)
    {
        var problems = new List<DefinitionProblem>();
        Assert.Null(ContractFile.Read(text, stream, new Problems("c.yaml", problems)));
        return [.. problems.Select(problem => problem.ToString())];
    }
}

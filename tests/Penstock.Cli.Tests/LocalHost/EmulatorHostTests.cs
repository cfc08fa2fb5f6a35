using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Cli.LocalHost;
using Penstock.Pipelines.Ports;

namespace Penstock.Cli.Tests.LocalHost;

public class EmulatorHostTests
{
    [Fact]
    public async Task on_the_emulators_pushed_records_end_up_curated_with_the_real_sdks()
    {
        string folder = Directory.CreateTempSubdirectory("penstock-up-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "pipelines", "shop"));
            await File.WriteAllTextAsync(Path.Combine(folder, "pipelines", "shop", "pipeline.yaml"), """
                pipeline: shop
                streams:
                  - stream: orders
                    key: [id]
                    receive: { event_hub: orders, webhook: { secret: shop-key } }
                """);
            await File.WriteAllTextAsync(Path.Combine(folder, "secrets.json"), """{"shop-key": "s3cr3t"}""");
            LocalHostOptions options = new() { Pipelines = Path.Combine(folder, "pipelines"), Data = folder, Secrets = Path.Combine(folder, "secrets.json"), Port = 0 };
            await using EmulatorPorts ports = await EmulatorPorts.StartAsync(options, Console.Error.WriteLine, CancellationToken.None);
            await using LocalServer server = await LocalServer.StartAsync(options, _ => { }, ports, CancellationToken.None);
            using var client = new HttpClient { BaseAddress = server.Url };

            Assert.Equal(HttpStatusCode.Created, (await client.PostAsync("/orders/messages", new StringContent("""{"id":"sent"}"""))).StatusCode);
            byte[] body = """{"id":"pushed"}"""u8.ToArray();
            var request = new HttpRequestMessage(HttpMethod.Post, "/ingest/shop/orders") { Content = new ByteArrayContent(body) };
            request.Content.Headers.Add("Content-Type", "application/json");
            request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData("s3cr3t"u8, body)));
            Assert.Equal(HttpStatusCode.Accepted, (await client.SendAsync(request)).StatusCode);

            var curated = server.Services.GetRequiredService<ICuratedStore>();
            Assert.Equal("""{"id":"pushed"}""", await FindAsync(curated, "pushed"));
            Assert.StartsWith("""{"id":"sent",""", await FindAsync(curated, "sent"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> FindAsync(ICuratedStore curated, string key)
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            if (await curated.FindAsync(new CuratedTable("shop", "orders"), key, giveUp.Token) is { } record)
                return Encoding.UTF8.GetString(record.Json.Span);
            await Task.Delay(100, giveUp.Token);
        }
    }
}

using System.Text;
using Penstock.Pipelines.Receiving;

namespace Penstock.Pipelines.Tests.Receiving;

public class EventOriginTests
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string Other = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    [Theory]
    [InlineData("cloudEvents:traceparent")]
    [InlineData("cloudEvents_traceparent")]
    [InlineData("traceparent")]
    [InlineData("Diagnostic-Id")]
    public void a_property_says_where_an_event_was_sent(string property) =>
        Assert.Equal(Parent, EventOrigin.Of(Event(properties: (property, Parent)))?.Parent);

    [Fact]
    public void the_extension_goes_farther_back_than_the_sdks_own_property() =>
        Assert.Equal(Parent, EventOrigin.Of(Event(properties: [("traceparent", Other), ("cloudEvents:traceparent", Parent)]))?.Parent);

    [Fact]
    public void a_structured_event_says_it_in_its_body()
    {
        var origin = EventOrigin.Of(Event($$"""{"specversion":"1.0","data":{"traceparent":"{{Other}}"},"traceparent":"{{Parent}}","tracestate":"a=b"}""", "application/cloudevents+json"));
        Assert.Equal((Parent, "a=b"), (origin?.Parent, origin?.State));
    }

    [Theory]
    [InlineData("""{"traceparent":"nonsense"}""")]
    [InlineData("""{"traceparent":7}""")]
    [InlineData("""{"traceparent":""")]
    [InlineData("""["traceparent"]""")]
    [InlineData("")]
    public void what_cant_be_read_is_no_origin(string body) => Assert.Null(EventOrigin.Of(Event(body, "application/cloudevents+json")));

    private static HubEvent Event(string body = "{}", string? contentType = null, params (string Name, object? Value)[] properties) =>
        new(Encoding.UTF8.GetBytes(body), 1, DateTimeOffset.UnixEpoch) { ContentType = contentType, Properties = properties.ToDictionary(property => property.Name, property => property.Value) };
}

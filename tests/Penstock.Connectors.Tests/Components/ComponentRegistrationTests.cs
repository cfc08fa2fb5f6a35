using Penstock.Connectors.Authentication;
using Penstock.Connectors.Components;
using Penstock.Connectors.Records;
using Penstock.Connectors.Records.Transformations;
using Penstock.Connectors.Retrieval;
using static Penstock.Connectors.Tests.ConnectorFixture;

namespace Penstock.Connectors.Tests.Components;

/// <summary>Which component a class name stands for, and what is said where it stands for none.</summary>
public class ComponentRegistrationTests : ComponentFixture
{
    [Fact]
    public async Task what_is_not_registered_names_the_component_the_stream_and_what_to_do_and_blocks_nothing_else()
    {
        var manifest = Manifest(Stream("broken", requester: ", authenticator: {type: CustomAuthenticator, class_name: source_x.components.Unknown}"), Stream("items"));
        var source = await OpenAsync(new ConnectorFixture(Source), manifest, ConnectorComponents.None);
        Assert.Equal("items", Assert.Single(source.Streams).Name);
        var problem = Assert.Single(Assert.Single(source.Blocked, blocked => blocked.Name == "broken").Problems);
        Assert.Contains("CustomAuthenticator 'source_x.components.Unknown'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("the stream 'broken' can't run", problem.Message, StringComparison.Ordinal);
        Assert.Contains("services.AddConnectorComponent<IAuthenticator>(\"source_x.components.Unknown\"", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_component_that_is_of_another_kind_or_cannot_be_made_blocks_its_stream_only()
    {
        var manifest = Manifest(
            Stream("other", stream: "transformations: [{type: CustomTransformation, class_name: a.Filter}]"),
            Stream("thrown", stream: "transformations: [{type: CustomTransformation, class_name: a.Thrown}]"),
            Stream("items"));
        var source = await OpenAsync(new ConnectorFixture(Source), manifest, Components(
            ComponentRegistration.Of<IRecordFilter>("a.Filter", _ => new OnlyOne()),
            ComponentRegistration.Of<ITransformation>("a.Thrown", _ => throw new InvalidOperationException("no such thing"))));
        Assert.Equal("items", Assert.Single(source.Streams).Name);
        Assert.Contains("registered as IRecordFilter, but here ITransformation is needed", source.Blocked[0].Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("can't be made: no such thing", source.Blocked[1].Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void a_pipelines_own_component_wins_over_one_for_all()
    {
        var components = Components(
            ComponentRegistration.Of<IRecordFilter>("a.Same", _ => new OnlyOne(), pipeline: "orders"),
            ComponentRegistration.Of<IAuthenticator>("a.Same", parts => new AcmeAuthenticator(parts)));
        Assert.Equal(typeof(IRecordFilter), components.For("orders").Find("a.Same")!.Kind);
        Assert.Equal(typeof(IAuthenticator), components.For("invoices").Find("a.Same")!.Kind);
    }

    [Fact]
    public void only_kinds_that_manifests_have_can_be_registered() =>
        Assert.Contains("IRecordFilter", Assert.Throws<ArgumentException>(() => ComponentRegistration.Of<string>("a.B", _ => "")).Message, StringComparison.Ordinal);
}

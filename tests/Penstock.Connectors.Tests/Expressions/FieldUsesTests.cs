using Penstock.Connectors.Expressions;

namespace Penstock.Connectors.Tests.Expressions;

public class FieldUsesTests
{
    [Theory]
    [InlineData("no tags", "")]
    [InlineData("{{ config.x }}", "")]
    [InlineData("{{ record.a }}", "a")]
    [InlineData("{{ record['a'].b.c }}-{{ record[\"d\"] }}", "a d")]
    [InlineData("{{ record.get('a', record.b) }}", "a b")]
    [InlineData("{{ 'a' in record and record.a|length > 1 }}", "a")]
    [InlineData("{{ record.a if record.b else now_utc() }}", "a b")]
    [InlineData("{% if record.a %}{{ record.b }}{% else %}x{% endif %}", "a b")]
    [InlineData("{{ other.record.a }}", "")]
    public void Fields_that_are_named_are_found(string template, string fields) =>
        Assert.Equal(fields.Split(' ', StringSplitOptions.RemoveEmptyEntries), FieldUses.Of("record", template)!.Order());

    [Theory]
    [InlineData("{{ record }}")]
    [InlineData("{{ record|tojson }}")]
    [InlineData("{{ record.items() }}")]
    [InlineData("{{ record.update({'a': 1}) }}")]
    [InlineData("{{ record[config.field] }}")]
    [InlineData("{{ record.get(config.field) }}")]
    [InlineData("{{ config.x in record }}")]
    [InlineData("{% for record in config.list %}{{ record.a }}{% endfor %}")]
    [InlineData("{% set record = config %}{{ record.a }}")]
    [InlineData("{{ broken ")]
    public void A_template_that_may_look_at_any_field_or_change_it_is_told(string template) => Assert.Null(FieldUses.Of("record", template));
}

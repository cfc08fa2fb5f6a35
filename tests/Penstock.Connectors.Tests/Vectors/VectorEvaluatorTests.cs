using System.Text.Json;
using Penstock.Connectors.Vectors;

namespace Penstock.Connectors.Tests.Vectors;

public class VectorEvaluatorTests
{
    [Theory]
    [InlineData("""{"id":"a","kind":"string","template":"{{ config.x }}","context":{"config":{"x":1.0}}}""", """{"id":"a","value":1.0,"type":"float"}""")]
    [InlineData("""{"id":"b","kind":"string","template":"(1, b'\\xe9')","context":{}}""", """{"id":"b","value":[1,{"$bytes":"é"}],"type":"tuple"}""")]
    [InlineData("""{"id":"c","kind":"string","template":"{2, 1}","context":{}}""", """{"id":"c","value":[1,2],"type":"set"}""")]
    [InlineData("""{"id":"d","kind":"string","template":"{1: (2,)}","context":{}}""", """{"id":"d","value":[[1,{"$tuple":[2]}]],"type":"dict"}""")]
    [InlineData("""{"id":"e","kind":"string","template":"{{ '1e400' }}","context":{}}""", """{"id":"e","value":"inf","type":"float"}""")]
    [InlineData("""{"id":"f","kind":"string","template":"{{ 2 ** 60 }}","context":{}}""", """{"id":"f","value":1152921504606846976,"type":"int"}""")]
    [InlineData("""{"id":"g","kind":"string","template":"...","context":{}}""", """{"id":"g","value":null,"type":"ellipsis"}""")]
    [InlineData("""{"id":"h","kind":"boolean","template":"{{ 0 }}","context":{}}""", """{"id":"h","value":false}""")]
    [InlineData("""{"id":"i","kind":"string","template":"{{ config.a.b }}","context":{}}""", """{"id":"i","value":null}""")]
    [InlineData("""{"id":"j","kind":"string","template":"{{ config.a.b }}","context":{},"default_is_template":true}""", """{"id":"j","error":"undefined"}""")]
    [InlineData("""{"id":"k","kind":"string","template":"{{ config.a.b }}","context":{},"default":"d"}""", """{"id":"k","value":"d"}""")]
    [InlineData("""{"id":"l","kind":"string","template":"{{ 5 }}","context":{},"valid_types":["str","list"]}""", """{"id":"l","value":"5"}""")]
    [InlineData("""{"id":"m","kind":"string","template":"{{ x }}","context":{"stream_interval":{}}}""", """{"id":"m","error":"reserved_variable"}""")]
    [InlineData("""{"id":"n","kind":"string","template":"{{ x }}","context":{}}""", """{"id":"n","error":"undeclared_variable"}""")]
    [InlineData("""{"id":"o","kind":"string","template":"{{ json_loads(config.j).a }}","context":{"config":{"j":"{\"a\":5}"}},"extra_functions":["json_loads"]}""", """{"id":"o","value":5}""")]
    [InlineData("""{"id":"p","kind":"string","template":"{{ stream_slice.extra_fields.e }}{{ stream_partition.id }}","context":{"stream_slice":{"$type":"stream_slice","partition":{"id":1},"cursor_slice":{},"extra_fields":{"e":2}}}}""", """{"id":"p","value":21}""")]
    public void expressions_answer_with_a_value_or_an_error(string line, string expected) => Assert.Equal(expected, VectorEvaluator.Evaluate(line, TimeProvider.System));

    [Theory]
    [InlineData("""{"id":1,"op":"parse","format":"%Y-%m-%d","value":"2024-02-29"}""", """{"id":1,"value":"2024-02-29T00:00:00.000000+00:00"}""")]
    [InlineData("""{"id":1,"op":"parse","format":"%Y-%m-%d","value":null}""", """{"id":1,"error":"value"}""")]
    [InlineData("""{"id":1,"op":"parse_any","formats":["%s","%ms"],"value":"1704067200123"}""", """{"id":1,"value":"2024-01-01T00:00:00.123000+00:00"}""")]
    [InlineData("""{"id":1,"op":"format","format":"%ms","value":"2024-01-01T00:00:00.123000+00:00"}""", """{"id":1,"value":"1704067200123"}""")]
    [InlineData("""{"id":1,"op":"reformat","input_formats":["%s"],"format":"%Y-%m-%d","value":"1704067200"}""", """{"id":1,"value":"2024-01-01"}""")]
    [InlineData("""{"id":1,"op":"min_max","datetime":"{{ config.d }}","min_datetime":"2024-02-01","format":"%Y-%m-%d","config":{"d":"2024-01-01"}}""", """{"id":1,"value":"2024-02-01T00:00:00.000000+00:00"}""")]
    [InlineData("""{"id":1,"op":"duration","duration":"-P1DT1S"}""", """{"id":1,"value":{"years":0,"months":0,"days":-2,"seconds":86399,"microseconds":0,"calendar":false}}""")]
    [InlineData("""{"id":1,"op":"add","value":"2024-01-31T00:00:00+00:00","duration":"P1M"}""", """{"id":1,"value":"2024-02-29T00:00:00.000000+00:00"}""")]
    [InlineData("""{"id":1,"op":"subtract","value":"2024-01-31T00:00:00+00:00","duration":"x"}""", """{"id":1,"error":"value"}""")]
    [InlineData("""{"id":1,"op":"slices","start":"2024-01-01T00:00:00+00:00","end":"2024-01-03T00:00:00+00:00","step":"P1D","cursor_granularity":"P1D","format":"%Y-%m-%d"}""", """{"id":1,"value":[{"start_time":"2024-01-01","end_time":"2024-01-01"},{"start_time":"2024-01-02","end_time":"2024-01-03"}]}""")]
    [InlineData("""{"id":1,"op":"slices","start":"2024-01-10T06:00:00+00:00","end":"2024-01-13T05:00:00+00:00","step":"P1D","cursor_granularity":"PT1S","format":"%Y-%m-%dT%H:%M:%SZ","clamping":{"target":"DAY"}}""", """{"id":1,"value":[{"start_time":"2024-01-11T00:00:00Z","end_time":"2024-01-11T23:59:59Z"}]}""")]
    public void datetimes_answer_with_a_value_or_an_error(string line, string expected) => Assert.Equal(expected, VectorEvaluator.Evaluate(line, TimeProvider.System));

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"id":1,"op":"nosuch"}""")]
    public void what_is_no_vector_is_refused(string line) => Assert.ThrowsAny<JsonException>(() => VectorEvaluator.Evaluate(line, TimeProvider.System));
}

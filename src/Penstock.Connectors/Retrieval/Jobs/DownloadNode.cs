using Penstock.Connectors.Manifests;

namespace Penstock.Connectors.Retrieval.Jobs;

/// <summary>
/// What downloads a job's result, written as the SimpleRetriever that it is: the download's requester, decoder, paginator and
/// extractor, with the filter of the stream's record selector.
/// </summary>
internal static class DownloadNode
{
    public static ManifestNode Of(ManifestNode retriever)
    {
        var source = retriever.Source;
        var selector = new SourceMap(source["record_selector"]?.Fields ?? SourceMap.Empty);
        var isFile = source["download_extractor"]?["type"]?.Text == "ResponseToFileExtractor";
        selector.Set("extractor", source["download_extractor"] is { } extractor && !isFile ? extractor : Everything(source.Mark));
        var simple = new SourceMap().Set("type", SourceNode.OfScalar("SimpleRetriever", source.Mark)).Set("record_selector", SourceNode.OfFields(selector, source.Mark));
        foreach (var (from, to) in ((string, string)[])[("download_requester", "requester"), ("download_decoder", "decoder"), ("download_paginator", "paginator")])
            if (source[from] is { } part) simple.Set(to, part);
        if (isFile) simple.Set("decoder", CsvFile(source["download_extractor"]!));
        return retriever.With(SourceNode.OfFields(simple, source.Mark));
    }

    // ResponseToFileExtractor reads CSV, packed or not, as pandas does. Ours needs no file: it is read as it arrives.
    private static SourceNode CsvFile(SourceNode extractor)
    {
        var missing = extractor["preserve_na_values"]?.Scalar is true ? [""] : MissingForPandas;
        var csv = Component("CsvDecoder", extractor.Mark).Set("set_values_to_none", SourceNode.OfItems([.. missing.Select(text => SourceNode.OfScalar(text, extractor.Mark))], extractor.Mark));
        return SourceNode.OfFields(Component("GzipDecoder", extractor.Mark).Set("decoder", SourceNode.OfFields(csv, extractor.Mark)), extractor.Mark);
    }

    private static readonly string[] MissingForPandas =
    [
        "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null",
    ];

    private static SourceMap Component(string type, SourceMark mark) => new SourceMap().Set("type", SourceNode.OfScalar(type, mark));

    private static SourceNode Everything(SourceMark mark) => SourceNode.OfFields(
        new SourceMap().Set("type", SourceNode.OfScalar("DpathExtractor", mark)).Set("field_path", SourceNode.OfItems([], mark)), mark);
}

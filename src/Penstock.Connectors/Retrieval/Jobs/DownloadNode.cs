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
        selector.Set("extractor", source["download_extractor"] ?? Everything(source.Mark));
        var simple = new SourceMap().Set("type", SourceNode.OfScalar("SimpleRetriever", source.Mark)).Set("record_selector", SourceNode.OfFields(selector, source.Mark));
        foreach (var (from, to) in ((string, string)[])[("download_requester", "requester"), ("download_decoder", "decoder"), ("download_paginator", "paginator")])
            if (source[from] is { } part) simple.Set(to, part);
        return retriever.With(SourceNode.OfFields(simple, source.Mark));
    }

    private static SourceNode Everything(SourceMark mark) => SourceNode.OfFields(
        new SourceMap().Set("type", SourceNode.OfScalar("DpathExtractor", mark)).Set("field_path", SourceNode.OfItems([], mark)), mark);
}

using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Cursors;

/// <summary>Puts a window's start or end into requests.</summary>
internal sealed class WindowOption(RequestOption option, Func<SliceScope, Value> bound, EvaluationContext context) : IRequestOptions
{
    public static IReadOnlyList<IRequestOptions> For(IStreamCursor cursor, RequestOption? start, RequestOption? end, EvaluationContext context)
    {
        var options = new List<IRequestOptions>();
        if (start is not null) options.Add(new WindowOption(start, slice => slice.Slice.Window is { } window ? cursor.ToValue(window.Start) : Value.None, context));
        if (end is not null) options.Add(new WindowOption(end, slice => slice.Slice.Window is { } window ? cursor.ToValue(window.End) : Value.None, context));
        return options;
    }

    public void AddTo(InjectInto place, DictValue target, SliceScope slice, Value nextPageToken)
    {
        if (place == option.Place) option.Inject(target, bound(slice), context);
    }
}

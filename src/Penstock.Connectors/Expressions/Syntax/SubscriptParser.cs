using System.Diagnostics.CodeAnalysis;
using Penstock.Connectors.Expressions.Nodes;

namespace Penstock.Connectors.Expressions.Syntax;

/// <summary>Slices between brackets: <c>[start:stop:step]</c>, each part optional.</summary>
internal static class SubscriptParser
{
    /// <summary>Parses a slice without a start, behind <c>[</c>.</summary>
    public static bool TrySlice(TokenStream stream, ExpressionParser expressions, Expression target, [NotNullWhen(true)] out Expression? slice)
    {
        slice = stream.Current.IsOperator(":") ? Slice(stream, expressions, target, null) : null;
        return slice is not null;
    }

    /// <summary>Parses the rest of a slice, from its first colon.</summary>
    public static Expression Slice(TokenStream stream, ExpressionParser expressions, Expression target, Expression? start)
    {
        var offset = stream.Current.Offset;
        stream.ExpectOperator(":");
        var stop = stream.Current.IsOperator(":") ? null : Bound(stream, expressions);
        var step = stream.SkipOperator(":") ? Bound(stream, expressions) : null;
        stream.ExpectOperator("]");
        return new SliceNode(offset, target, start, stop, step);
    }

    private static Expression? Bound(TokenStream stream, ExpressionParser expressions) =>
        stream.Current.IsOperator("]") ? null : expressions.Parse();
}

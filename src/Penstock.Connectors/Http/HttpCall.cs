namespace Penstock.Connectors.Http;

/// <summary>One HTTP request, complete and quoted.</summary>
/// <param name="Method">The method, upper case.</param>
/// <param name="Url">The whole address.</param>
/// <param name="Headers">The headers, as declared.</param>
/// <param name="Secret">The names of the headers that authenticate: they never go to another host.</param>
/// <param name="Body">The body, or null.</param>
internal sealed record HttpCall(
    string Method, Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers, IReadOnlyCollection<string> Secret, byte[]? Body)
{
    /// <summary>The call in words, without secrets.</summary>
    public override string ToString() => $"{Method} {SafeUrl.Of(Url)}";
}

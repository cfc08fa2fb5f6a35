namespace Penstock.Http.Problems;

/// <summary>A kind of problem: RFC 9457's <c>type</c>, <c>title</c> and <c>status</c>.</summary>
/// <param name="Name">Names it: <c>type</c> is <c>urn:penstock:problem:NAME</c>.</param>
/// <param name="Title">What it is, the same each time.</param>
/// <param name="Status">The HTTP status.</param>
public sealed record ProblemType(string Name, string Title, int Status)
{
    /// <summary>The value of <c>type</c>.</summary>
    public string Uri => $"urn:penstock:problem:{Name}";
}

/// <summary>One problem (RFC 9457).</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Detail">What is wrong this time, and what to do.</param>
public sealed record Problem(ProblemType Type, string Detail)
{
    /// <summary>Each thing that is wrong with the request; empty if <see cref="Detail"/> says it all.</summary>
    public IReadOnlyList<ProblemError> Errors { get; init; } = [];

    /// <summary>Headers that belong to the answer, for example <c>Retry-After</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The problem with <c>Retry-After</c>.</summary>
    public Problem RetryAfter(TimeSpan delay) => With("Retry-After", ((int)Math.Ceiling(delay.TotalSeconds)).ToString());

    /// <summary>The problem with a header more.</summary>
    public Problem With(string header, string value) =>
        this with { Headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase) { [header] = value } };
}

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Detail">What is wrong, and what would be right.</param>
public sealed record ProblemError(string Detail)
{
    /// <summary>Where in the JSON body, as a JSON pointer in a fragment (RFC 6901, 6), for example <c>#/from</c>.</summary>
    public string? Pointer { get; init; }

    /// <summary>Which query parameter.</summary>
    public string? Parameter { get; init; }

    /// <summary>The line of the body, from 1.</summary>
    public long? Line { get; init; }

    /// <summary>The byte in that line, from 1.</summary>
    public long? Column { get; init; }
}

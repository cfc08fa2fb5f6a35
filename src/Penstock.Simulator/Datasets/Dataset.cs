namespace Penstock.Simulator;

/// <summary>
/// A collection of generated records at <c>/{name}</c>; record n is a function of the seed and n, so that any number costs nothing.
/// Each has <c>id</c>, <c>number</c>, <c>name</c>, <c>email</c>, <c>amount</c>, <c>active</c>, <c>tags</c>, <c>address</c> (nested),
/// <c>note</c>, <c>created_at</c> and <c>updated_at</c>, a child <c>parent_id</c> too; they come in the order of <c>updated_at</c>.
/// </summary>
/// <param name="Name">The path segment: lower-case letters, digits, <c>_</c>.</param>
public sealed record Dataset(string Name)
{
    /// <summary>How many records there are; in a child, under each parent. Default 10,000.</summary>
    public long Count { get; init; } = 10_000;

    /// <summary>In a child: parents have from none to <see cref="Count"/> records, by chance. Default false: all have as many.</summary>
    public bool CountVaries { get; init; }

    /// <summary>How its pages are asked for. Default: by page number.</summary>
    public PagingStyle Paging { get; init; } = PagingStyle.Page;

    /// <summary>Records on a page if <c>limit</c> or <c>per_page</c> doesn't say. Default 100.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>The most that a page has, whatever is asked for. Default 1,000.</summary>
    public int MaxPageSize { get; init; } = 1000;

    /// <summary>JSON, the default, or JSON Lines, whose next page is told by a <c>Link</c> header whatever the paging style.</summary>
    public BodyFormat Format { get; init; } = BodyFormat.Json;

    /// <summary>When the first record was updated. Default 2024-01-01 UTC.</summary>
    public DateTimeOffset Start { get; init; } = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>From one <c>updated_at</c> to the next. Default one minute.</summary>
    public TimeSpan Spacing { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many records in a row share an <c>updated_at</c>. Default 3, so that pages end in the midst of equal times.</summary>
    public int Ties { get; init; } = 3;

    /// <summary>Whether records appear only when the clock has reached their <c>updated_at</c>. Default false.</summary>
    public bool Live { get; init; }

    /// <summary>Whether the <c>until</c> parameter includes its own moment. Default true.</summary>
    public bool UntilInclusive { get; init; } = true;

    /// <summary>Characters of every <c>note</c>. Default 60.</summary>
    public int NoteLength { get; init; } = 60;

    /// <summary>About one record in so many is bad; 0, the default, is none.</summary>
    public int BadEvery { get; init; }

    /// <summary>The ways in which bad records are bad, in turn. Default: a wrong type, a missing key.</summary>
    public IReadOnlyList<BadRecord> BadKinds { get; init; } = [BadRecord.WrongType, BadRecord.MissingKey];

    /// <summary>Collections under each record, at <c>/{name}/{id}/{child}</c>. Default: none.</summary>
    public IReadOnlyList<Dataset> Children { get; init; } = [];

    internal void Validate()
    {
        Check.That(Name.Length > 0 && Name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_'),
            nameof(Name), $"\"{Name}\"", "made of lower-case letters, digits and _");
        Check.That(Name is not ("_simulator" or "fdsnws"), nameof(Name), Name, "one that the simulator doesn't use itself");
        Check.That(Count is >= 0 and <= 1_000_000_000, nameof(Count), Count, "from 0 to 1,000,000,000");
        Check.Positive(PageSize);
        Check.That(MaxPageSize >= PageSize, nameof(MaxPageSize), MaxPageSize, $"at least {nameof(PageSize)}, {PageSize}");
        Check.Positive(Spacing);
        Check.Positive(Ties);
        Check.That(NoteLength >= 0, nameof(NoteLength), NoteLength, "0 or more");
        Check.That(BadEvery >= 0, nameof(BadEvery), BadEvery, "0 or more");
        Check.That(BadEvery == 0 || BadKinds.Count > 0, nameof(BadKinds), "empty", "at least one kind when there are bad records");
        Check.That(Enum.IsDefined(Paging), nameof(Paging), Paging, "one of " + string.Join(", ", Enum.GetNames<PagingStyle>()));
        Check.NoTwins(Children.Select(child => child.Name), "dataset name");
        foreach (var child in Children) child.Validate();
    }
}

/// <summary>The ways to ask for the next page.</summary>
public enum PagingStyle
{
    /// <summary><c>page</c> (from 1) and <c>per_page</c>; the body has <c>total_pages</c>.</summary>
    Page,

    /// <summary><c>offset</c> (from 0) and <c>limit</c>; the body has <c>total</c>.</summary>
    Offset,

    /// <summary><c>cursor</c> and <c>limit</c>; the body has <c>next_cursor</c>, null on the last page, and <c>has_more</c>.</summary>
    Cursor,

    /// <summary><c>page</c> and <c>per_page</c>; the body is an array and the next page stands in a <c>Link</c> header (RFC 8288).</summary>
    Link,

    /// <summary><c>offset</c> and <c>limit</c>; the body has the address of the next page in <c>next</c>, null on the last page.</summary>
    NextUrl,
}

/// <summary>How a body holds its records.</summary>
public enum BodyFormat
{
    /// <summary>One JSON value.</summary>
    Json,

    /// <summary>One JSON object a line (<c>application/x-ndjson</c>).</summary>
    JsonLines,
}

/// <summary>The ways in which a record is bad.</summary>
public enum BadRecord
{
    /// <summary><c>amount</c> is a string.</summary>
    WrongType,

    /// <summary><c>id</c> is missing.</summary>
    MissingKey,

    /// <summary><c>name</c> has a byte that is no UTF-8; the body is then no valid JSON.</summary>
    InvalidUtf8,

    /// <summary>The record breaks off; the body is then no valid JSON.</summary>
    Truncated,
}

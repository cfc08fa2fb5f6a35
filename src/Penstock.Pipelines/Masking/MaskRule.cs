namespace Penstock.Pipelines.Masking;

/// <summary>What becomes of a personal value before anything curated or quarantined is written. Null stays null under every rule.</summary>
public abstract record MaskRule
{
    private protected MaskRule() { }

    /// <summary>What the rule is called in a pipeline's file.</summary>
    public abstract string Name { get; }

    /// <summary>Whether different values stay different, so that a masked field can still be a key.</summary>
    public virtual bool TellsValuesApart => false;
}

/// <summary>The value stays: an exception from a classification, or from a rule on what it lies in.</summary>
public sealed record KeepValue : MaskRule
{
    /// <inheritdoc/>
    public override string Name => "keep";

    /// <inheritdoc/>
    public override bool TellsValuesApart => true;
}

/// <summary>A text becomes <c>***</c>; a number, true or false, an object or an array becomes null.</summary>
public sealed record RedactValue : MaskRule
{
    /// <inheritdoc/>
    public override string Name => "redact";
}

/// <summary>The field is left out.</summary>
public sealed record DropValue : MaskRule
{
    /// <inheritdoc/>
    public override string Name => "drop";
}

/// <summary>
/// The value becomes a token <c>hN.…</c>: the HMAC-SHA-256 of its text under version N of the masking key, base64url. A number and
/// a text that is written alike give the same token, in every stream and pipeline that uses the key: joins work.
/// </summary>
/// <param name="IgnoreCase">Whether <c>Ada@Example.com</c> and <c>ada@example.com</c> give one token; spaces around it don't count then, either.</param>
public sealed record HashValue(bool IgnoreCase = false) : MaskRule
{
    /// <inheritdoc/>
    public override string Name => "hash";

    /// <inheritdoc/>
    public override bool TellsValuesApart => true;
}

/// <summary>A part of the text stays; what is hidden becomes stars. At least half of it is always hidden.</summary>
/// <param name="Kind">What kind of text it is.</param>
/// <param name="First">For a plain text: how many characters stay at its beginning.</param>
/// <param name="Last">For a plain text: how many characters stay at its end.</param>
public sealed record PartialValue(PartialKind Kind, int First = 0, int Last = 0) : MaskRule
{
    /// <inheritdoc/>
    public override string Name => "partial";
}

/// <summary>Which part of a text stays.</summary>
public enum PartialKind
{
    /// <summary>As the text looks: an e-mail address, digits as of a phone or card, else its first character.</summary>
    Auto,

    /// <summary>The first and last characters, as many as the rule says.</summary>
    Text,

    /// <summary>The first character before the @, and the domain.</summary>
    Email,

    /// <summary>The last four digits, and what stands between digits.</summary>
    Phone,

    /// <summary>The last four digits of twelve or more, and what stands between digits.</summary>
    Card,
}

/// <summary>A date or instant becomes the beginning of its year, quarter, month, day or hour; it stays a date or instant.</summary>
/// <param name="Unit">Of what.</param>
public sealed record GeneraliseDate(DateUnit Unit) : MaskRule
{
    /// <inheritdoc/>
    public override string Name => "generalise";
}

/// <summary>What a date is generalised to.</summary>
public enum DateUnit
{
    /// <summary>January 1st.</summary>
    Year,

    /// <summary>The first day of January, April, July or October.</summary>
    Quarter,

    /// <summary>The first day of the month.</summary>
    Month,

    /// <summary>Midnight.</summary>
    Day,

    /// <summary>The full hour.</summary>
    Hour,
}

/// <summary>A number becomes the lower end of its bucket.</summary>
/// <param name="Bucket">The bucket's width, greater than 0.</param>
public sealed record GeneraliseNumber(decimal Bucket) : MaskRule
{
    /// <inheritdoc/>
    public override string Name => "generalise";
}

/// <summary>Only the beginning of a text stays, as of a postcode.</summary>
/// <param name="Prefix">How many characters, at least 1.</param>
public sealed record GeneraliseText(int Prefix) : MaskRule
{
    /// <inheritdoc/>
    public override string Name => "generalise";
}

namespace Penstock.Pipelines.Drift;

/// <summary>What is done when a source's records change their shape: an entity and a mode each, as in dlt's schema contracts.</summary>
/// <param name="NewColumn">A column that neither the contract nor the stream's baseline knows.</param>
/// <param name="TypeChange">A value of another type than the contract's.</param>
/// <param name="MissingColumn">A required column that isn't there, or is null. Nothing can be discarded then.</param>
public sealed record DriftPolicy(DriftMode NewColumn, DriftMode TypeChange, DriftMode MissingColumn)
{
    /// <summary>New columns come along; records with a wrong type or without a required column are set aside. All of it is recorded and alerted.</summary>
    public static DriftPolicy Default { get; } = new(DriftMode.Evolve, DriftMode.DiscardRow, DriftMode.DiscardRow);

    /// <summary>The mode of an entity.</summary>
    public DriftMode Of(DriftEntity entity) => entity switch
    {
        DriftEntity.NewColumn => NewColumn,
        DriftEntity.TypeChange => TypeChange,
        _ => MissingColumn,
    };
}

/// <summary>What can drift.</summary>
public enum DriftEntity
{
    /// <summary>A column that isn't known.</summary>
    NewColumn,

    /// <summary>A value of another type.</summary>
    TypeChange,

    /// <summary>A required column that isn't there, or is null.</summary>
    MissingColumn,
}

/// <summary>What is done about it. Raw keeps everything in every mode, and every drift is recorded.</summary>
public enum DriftMode
{
    /// <summary>The record is curated as it is.</summary>
    Evolve,

    /// <summary>The record goes to quarantine, and the alert is an error that stays until the contract or the policy is changed.</summary>
    Freeze,

    /// <summary>The record is curated without the value.</summary>
    DiscardValue,

    /// <summary>The record goes to quarantine.</summary>
    DiscardRow,
}

using AeVae.Tracking.Sweeps;

namespace AeVae.Tracking;

/// <summary>The experiment that a run carries out.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Description">Its description in the file.</param>
/// <param name="File">Path of the experiment file, relative to the project root, with forward slashes.</param>
/// <param name="ConfigJson">The resolved configuration as canonical JSON, every default written out.</param>
/// <param name="ConfigSha256">SHA-256 of <paramref name="ConfigJson"/>, lower-case hex.</param>
/// <param name="YamlText">The file as the user wrote it.</param>
public sealed record ExperimentRecord(string Name, string? Description, string File, string ConfigJson, string ConfigSha256, string YamlText);

/// <summary>All that is known of a run before its first step.</summary>
public sealed record NewRun
{
    /// <summary>The experiment that it carries out.</summary>
    public required ExperimentRecord Experiment { get; init; }

    /// <summary>What people call it; not unique: the newest run of a name is meant.</summary>
    public required string Name { get; init; }

    /// <summary>The variant of the experiment, if it has several.</summary>
    public string? Variant { get; init; }

    /// <summary>The seed of every random stream of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Version of the numeric contract that its arithmetic follows.</summary>
    public required int NumericContract { get; init; }

    /// <summary>Every dotted key of the resolved configuration and its value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Where it runs and on what.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>Labels to select it by; a tag has no white space.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>A remark of the user.</summary>
    public string? Note { get; init; }

    /// <summary>KL weight ÷ scale of the reconstruction term per image; null for a model without KL.</summary>
    public double? EffectiveBeta { get; init; }

    /// <summary>Trainable numbers in the model.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>Epochs it is to train.</summary>
    public required int EpochsPlanned { get; init; }

    /// <summary>All stored runs of its configuration and numeric contract that its caller has looked at: should there be another by now, it does not begin. Null: it begins whatever there is.</summary>
    public IReadOnlyList<string>? KnownEquals { get; init; }

    /// <summary>The run that it verifies; null when it verifies none.</summary>
    public string? ParentRunId { get; init; }

    /// <summary>The trial of a sweep that it carries out; null when it belongs to none.</summary>
    public TrialKey? Trial { get; init; }
}

using AeVae.Models;
using AeVae.Runner.Specs;
using AeVae.Tracking.Code;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Execution;

/// <summary>One run as it was asked for.</summary>
sealed record RunRequest
{
    /// <summary>The experiment.</summary>
    public required ExperimentSpec Spec { get; init; }

    /// <summary>Its file, relative to the project root, with forward slashes.</summary>
    public required string File { get; init; }

    /// <summary>The file as the user wrote it.</summary>
    public required string YamlText { get; init; }

    /// <summary>The file and those that it extends, as they were read; empty when the configuration comes from a stored run.</summary>
    public IReadOnlyList<SpecText> Files { get; init; } = [];

    /// <summary>Stored runs of its configuration when it was asked for: should another have begun meanwhile, this one does not. Null: it is wanted in any case.</summary>
    public IReadOnlyList<string>? KnownEquals { get; init; }

    /// <summary>The trial of a sweep that it carries out; null when it belongs to none.</summary>
    public SweepTrial? Trial { get; init; }

    /// <summary>Labels to select the run by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>A remark of the user.</summary>
    public string? Note { get; init; }

    /// <summary>Threads of the kernels; they change no number.</summary>
    public required int Threads { get; init; }

    /// <summary>The command and its arguments.</summary>
    public required string[] CommandLine { get; init; }

    /// <summary>What people call the run.</summary>
    public string Name => Trial?.Name ?? Spec.Name;

    /// <summary>What the trainer needs to know.</summary>
    public ExperimentSettings Settings => new(Spec.Seed, Spec.Data.Binarize, Spec.Model, Spec.Loss, Spec.Train, Spec.Eval);
}

/// <summary>What a run has of the sweep that it belongs to.</summary>
/// <param name="Key">Its place in the frozen list.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Variant">Its variant, if the experiment has several.</param>
/// <param name="Rungs">Where it is compared with other trials; null when it trains to its end in any case.</param>
/// <param name="WhyStopped">Why it was cancelled.</param>
/// <param name="Code">The code that the sweep's process executes; the project's may have changed since it was started.</param>
sealed record SweepTrial(TrialKey Key, string Name, string? Variant, TrialRungs? Rungs, Func<string> WhyStopped, ProgramCode Code);

/// <summary>Where a trial is compared with others while it trains.</summary>
/// <param name="Observe">Told every stored epoch.</param>
/// <param name="Prune">Asked before an epoch is trained after that one: a reason ends the run as pruned, null lets it go on. May wait for other trials.</param>
sealed record TrialRungs(Action<EpochResult> Observe, Func<EpochResult, CancellationToken, string?> Prune);

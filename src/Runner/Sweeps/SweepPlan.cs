using AeVae.Models;
using AeVae.Runner.Specs;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Sweeps;

/// <summary>What a file with variants or a sweep is to run.</summary>
sealed record SweepPlan
{
    /// <summary>Name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>The file, as it was named.</summary>
    public string File { get; init; } = "";

    /// <summary>Description in the file.</summary>
    public string? Description { get; init; }

    /// <summary>The section <c>sweep</c>.</summary>
    public required SweepOptions Options { get; init; }

    /// <summary>By what trials are ranked: the option, else the loss, or the reconstruction error where losses mean different things.</summary>
    public string Metric => Options.Metric ?? (Count(spec => (spec.Model.Type, spec.Loss.Reconstruction, spec.Loss.Reduction, spec.Loss.KlWeight)) == 1 ? "val.loss"
        : Count(spec => spec.Loss.Reconstruction) == 1 && Trials[0].Spec.Loss.Reconstruction == Reconstruction.Bce ? "val.bce"
        : "val.mse");

    /// <summary>Names of variants, swept keys, seeds, baseline and claims.</summary>
    public required SweepOutline Outline { get; init; }

    /// <summary>In the order in which they begin; at least one.</summary>
    public required IReadOnlyList<Trial> Trials { get; init; }

    /// <summary>What was done that the file does not say.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    int Count<T>(Func<ExperimentSpec, T> choice) => Trials.Select(trial => choice(trial.Spec)).Distinct().Count();
}

/// <summary>One run of a sweep.</summary>
sealed record Trial
{
    /// <summary>From 1, without gaps.</summary>
    public required int Number { get; init; }

    /// <summary>Name of its run: that of the experiment, of its variant and of its point; the same for every seed.</summary>
    public required string Name { get; init; }

    /// <summary>Its variant, if the experiment has several.</summary>
    public string? Variant { get; init; }

    /// <summary>The swept keys and their values as in the canonical JSON, in the file's order.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; }

    /// <summary>The experiment, resolved; its name is that of the file, so that equal trials of two sweeps are equal.</summary>
    public required ExperimentSpec Spec { get; init; }
}

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

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

    /// <summary>By what trials are ranked.</summary>
    public string Metric => Options.Metric ?? SweepMetric.For(Specs);

    /// <summary>Names of variants, swept keys, seeds, baseline and claims.</summary>
    public required SweepOutline Outline { get; init; }

    /// <summary>In the order in which they begin; at least one.</summary>
    public required IReadOnlyList<Trial> Trials { get; init; }

    /// <summary>What was done that the file does not say, and what it says in vain.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The experiments of the trials.</summary>
    public IReadOnlyList<ExperimentSpec> Specs => [.. Trials.Select(trial => trial.Spec)];
}

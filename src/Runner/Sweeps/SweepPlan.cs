using AeVae.Models;
using AeVae.Runner.Specs;
using AeVae.Tracking;
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
    public string Metric => Options.Metric ?? (Differing(LossKeys.Objective).Count == 0 ? "val.loss"
        : Trials.All(trial => trial.Spec.Loss.Reconstruction == Reconstruction.Bce) ? "val.bce"
        : "val.mse");

    /// <summary>Keys that have several values, so that trials cannot be compared by <see cref="Metric"/> while they train.</summary>
    public IReadOnlyList<string> KeysAgainstRungs => Differing([.. LossKeys.Of("validation").Except(LossKeys.Objective), .. Metric.EndsWith(".loss", StringComparison.Ordinal) ? [.. LossKeys.Objective, "loss.kl_warmup_epochs"] : Array.Empty<string>()]);

    /// <summary>Names of variants, swept keys, seeds, baseline and claims.</summary>
    public required SweepOutline Outline { get; init; }

    /// <summary>In the order in which they begin; at least one.</summary>
    public required IReadOnlyList<Trial> Trials { get; init; }

    /// <summary>What was done that the file does not say.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    IReadOnlyList<string> Differing(IReadOnlyList<string> keys)
    {
        Dictionary<string, string>[] values = [.. Trials.Select(trial => new Dictionary<string, string>(ResolvedConfig.Flatten(ResolvedConfig.ToJson(trial.Spec))))];
        return [.. keys.Where(key => values.Select(of => of.GetValueOrDefault(key)).Distinct().Count() > 1)];
    }
}

using AeVae.Models;
using AeVae.Runner.Specs;
using AeVae.Tracking;

namespace AeVae.Runner.Sweeps;

/// <summary>By what trials can be ranked, and what keeps them from being compared.</summary>
static class SweepMetric
{
    /// <summary>One that means the same in all trials.</summary>
    public static string For(IReadOnlyList<ExperimentSpec> trials) =>
        $"val.{LossKeys.CommonMetric(Differing(LossKeys.Objective, trials).Count == 0, trials.All(trial => trial.Loss.Reconstruction == Reconstruction.Bce), trials.All(trial => trial.Model.Type == ModelType.Vae))}";

    /// <summary>Keys that have several values, so that trials cannot be compared by a metric while they train.</summary>
    public static IReadOnlyList<string> KeysAgainstRungs(string metric, IReadOnlyList<ExperimentSpec> trials)
    {
        IReadOnlyList<string> ofImages = LossKeys.OfImages("validation");
        return Differing(metric.EndsWith(".loss", StringComparison.Ordinal) ? [.. ofImages, .. LossKeys.Objective, "loss.kl_warmup_epochs"] : ofImages, trials);
    }

    /// <summary>Those of some keys that have several values.</summary>
    public static IReadOnlyList<string> Differing(IReadOnlyList<string> keys, IReadOnlyList<ExperimentSpec> trials)
    {
        Dictionary<string, string>[] values = [.. trials.Select(trial => new Dictionary<string, string>(ResolvedConfig.Flatten(ResolvedConfig.ToJson(trial))))];
        return [.. keys.Where(key => values.Select(of => of.GetValueOrDefault(key)).Distinct().Count() > 1)];
    }
}

using AeVae.Reports.Runs;

namespace AeVae.Reports.Comparisons;

/// <summary>What runs minimise, and on which data: only losses of one objective can be compared.</summary>
sealed class Objectives(IReadOnlyList<RunData> runs)
{
    static readonly string[] Keys = ["loss.reconstruction", "loss.reduction", "loss.kl_weight", "model.type"];

    /// <summary>Whether all minimise the same.</summary>
    public bool AreEqual { get; } = runs.Select(run => string.Join(' ', Keys.Select(run.Parameter))).Distinct().Count() == 1;

    /// <summary>The data sets that they were trained on.</summary>
    public IReadOnlyList<string> Datasets { get; } = [.. runs.Select(run => run.Parameter("data.dataset") ?? "unnamed").Distinct()];

    /// <summary>A metric that means the same in every run: the validation loss of one objective, else the reconstruction error.</summary>
    public string CanonicalMetric => AreEqual ? "val.loss" : runs.All(run => run.Parameter("loss.reconstruction") == "bce") ? "val.bce" : "val.mse";
}

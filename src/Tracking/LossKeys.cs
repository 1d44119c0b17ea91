namespace AeVae.Tracking;

/// <summary>What decides what a loss means: losses of runs can be compared where all of these are equal.</summary>
public static class LossKeys
{
    /// <summary>Keys of the configuration that say what is minimised.</summary>
    public static IReadOnlyList<string> Objective { get; } = ["loss.reconstruction", "loss.reduction", "loss.kl_weight", "model.type"];

    /// <summary>The metric that means the same in all of several runs: their loss, or where they minimise different ones the bound on log p(x), else the reconstruction error. A lower weight of the KL term alone would lower that.</summary>
    public static string CommonMetric(bool isOneObjective, bool areAllBce, bool areAllVaes) => isOneObjective ? "loss" : !areAllBce ? "mse" : areAllVaes ? "elbo" : "bce";

    /// <summary>Unit of a loss by its reconstruction and reduction, as they are stored; null where it is no more than that of the objective.</summary>
    public static string? UnitOfLoss(string? reconstruction, string? reduction) => (reconstruction, reduction) is ("bce", "sum") ? "nats per image" : null;

    /// <summary>Keys that say on which images of a split something is measured.</summary>
    public static IReadOnlyList<string> OfImages(string split) => ["data.dataset", "data.path", "data.size", "data.channels", "data.binarize", .. split == "validation" ? ["data.validation"] : Array.Empty<string>()];

    /// <summary>Both.</summary>
    public static IReadOnlyList<string> Of(string split) => [.. Objective, .. OfImages(split)];
}

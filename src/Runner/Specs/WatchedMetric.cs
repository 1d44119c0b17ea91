using AeVae.Models;

namespace AeVae.Runner.Specs;

/// <summary>A metric that early stopping or the choice of the best checkpoint follows: it needs a direction, and a value while training.</summary>
internal static class WatchedMetric
{
    // name → whether it is also known of the training images, and only for a vae
    static readonly (string Name, bool OfTraining, bool VaeOnly)[] Known =
    [
        ("loss", true, false),
        ("bce", true, false),
        ("mse", true, false),
        ("elbo", true, true),
        ("bce_mean", false, true),
        ("mse_mean", false, true),
    ];

    /// <summary>Why the experiment has no such metric to follow, or null when it has.</summary>
    public static string? Defect(string metric, ExperimentSpec spec)
    {
        string[] parts = metric.Split('.');
        if (parts.Length != 2)
            return "a metric is written split.name, for example val.loss.";
        (string split, string name) = (parts[0], parts[1]);
        if (split == "test")
            return $"the test images are evaluated once, at the end. Use 'val.{name}'.";
        if (split is not ("train" or "val" or "validation"))
            return $"there is no split '{split}'; use train or val.";

        string[] names = [.. Known.Where(known => (known.OfTraining || split != "train") && Exists(known.Name, known.VaeOnly, spec)).Select(known => known.Name)];
        if (names.Contains(name))
            return null;
        string near = NearestName.Of(name, names) is { } nearest ? $" Did you mean '{split}.{nearest}'?" : "";
        return Metrics.Find(name) is null
            ? $"there is no metric '{name}'.{near} Possible here: {Listed(split, names)}."
            : $"'{name}' has no value in every epoch here, or no direction. Possible here: {Listed(split, names)}.";
    }

    static bool Exists(string name, bool vaeOnly, ExperimentSpec spec) =>
        (!vaeOnly || spec.Model.Type == ModelType.Vae) && (name != "elbo" || spec.Loss.Reconstruction == Reconstruction.Bce);

    static string Listed(string split, string[] names) => string.Join(", ", names.Select(name => $"{split}.{name}"));
}

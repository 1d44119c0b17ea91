namespace AeVae.Models;

/// <summary>Which direction of a metric is better.</summary>
public enum MetricGoal
{
    /// <summary>Lower is better.</summary>
    Lower,

    /// <summary>Higher is better.</summary>
    Higher,

    /// <summary>Neither: the number describes.</summary>
    None,
}

/// <summary>What a stored number means.</summary>
/// <param name="Name">Name as stored.</param>
/// <param name="Unit">Unit of the value.</param>
/// <param name="Reduction">How images, pixels and latents become one number.</param>
/// <param name="Goal">Which direction is better.</param>
/// <param name="Description">Definition, in words precise enough to compute it again.</param>
public sealed record MetricDefinition(string Name, string Unit, string Reduction, MetricGoal Goal, string Description)
{
    /// <summary>Whether one value is better than another: higher where that is the goal, else lower. NaN is worse than any number.</summary>
    public bool IsBetter(double value, double other) => double.IsNaN(other) ? !double.IsNaN(value) : Goal == MetricGoal.Higher ? value > other : value < other;
}

/// <summary>Every metric, with one unit each: the same in training, validation and test and for ae and vae.</summary>
public static class Metrics
{
    const string PerImage = "mean over images";

    /// <summary>All definitions, in the order in which tables show them.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        new("loss", "objective per image", PerImage, MetricGoal.Lower,
            "The objective that is minimised: reconstruction term + kl_weight · kl, with the reconstruction and reduction of the experiment and the kl_weight of the epoch (nats per image for bce summed over pixels). Validation and test use a sampled z, as training does. The train value is the running mean of the epoch, while the parameters change."),
        new("bce", "nats per image", "sum over pixels, mean over images", MetricGoal.Lower,
            "Binary cross-entropy of the image under the reconstruction, from logits where the output is sigmoid, else from the output clipped to [1e-7, 1 − 1e-7]; the natural logarithm. A vae decodes a sampled z."),
        new("mse", "per pixel", "mean over pixels and images", MetricGoal.Lower,
            "Squared error of the reconstruction against the image as it entered the network, pixels from 0 to 1. A vae decodes a sampled z."),
        new("kl", "nats per image", "sum over latents, mean over images", MetricGoal.None,
            "KL divergence of the posterior N(μ, σ²) from the prior N(0, I) (vae)."),
        new("elbo", "nats per image", PerImage, MetricGoal.Higher,
            "Evidence lower bound −(bce + kl), with one sampled z per image (vae with bce)."),
        new("bce_mean", "nats per image", "sum over pixels, mean over images", MetricGoal.Lower,
            "bce at z = μ instead of a sampled z (vae)."),
        new("mse_mean", "per pixel", "mean over pixels and images", MetricGoal.Lower,
            "mse at z = μ instead of a sampled z (vae)."),
        new("nll", "nats per image", PerImage, MetricGoal.Lower,
            "−log p(x) by importance sampling from the posterior with eval.nll_samples draws per image (Burda, Grosse and Salakhutdinov 2016); an upper bound that tightens with more draws (vae with bce)."),
        new("active_units", "latents", "count", MetricGoal.None,
            "Latents whose μ has a variance over images above 0.01 (vae)."),
        new("latent_radius", "latent units", "root mean square over images", MetricGoal.None,
            "Spread of the codes (ae) or μ (vae): root mean square Euclidean distance from their mean; √latent_dim for codes that fill N(0, I)."),
        new("latent_offset", "radii", "one number for all images", MetricGoal.None,
            "Euclidean distance of the codes' mean from the origin, divided by latent_radius; 0 when the codes are centred."),
        new("latent_gaps", "share", "one number for all images", MetricGoal.Lower,
            "Codes in two dimensions (their first two principal axes where there are more), without the 5 % that lie farthest from the mean in units of their covariance: share of the cells of a 20 × 20 grid over their bounding box that have their centre inside the codes' convex hull and hold no code. It falls with the number of images, so compare equal numbers: draws of N(0, I) leave 0.16 with 1,000 codes, 0.008 with 5,000 and 0.0005 with 10,000. 0 for one latent."),
        new("knn_accuracy", "share", "test images", MetricGoal.Higher,
            "Share of test images whose class is the majority among the 10 nearest training codes (Euclidean; a tie goes to the class with the nearest code)."),
        new("sample_coverage", "share", "test images", MetricGoal.Higher,
            "Share of the first 1,000 test images that have one of as many images decoded from N(0, I) nearer than their own fifth neighbour in the thousand (coverage of Naeem et al. 2020, Euclidean in pixels): 0 when samples lie far from every image, low when they are all alike. Blurred images reach more: of MNIST, a random thousand of the training images reaches 0.93 in the mean, the ten class means 0.67, the mean image 0.28, and more than training images reach is no better."),
        new("interpolation_distance", "ratio", "mean over pairs", MetricGoal.None,
            "Images decoded halfway between the codes (vae: μ) of test images 1 and 2, 3 and 4, …, at most 1,000 pairs: mean Euclidean distance to the nearest of the first 10,000 training images, divided by that of the first 1,000 test images. Above 1 they lie farther from the data than unseen images do; blur brings them nearer."),
        new("sharpness", "ratio", "sum over pixels and images", MetricGoal.None,
            "Squared differences between neighbouring pixels, in rows and columns, of the first 1,000 reconstructed test images (vae: z = μ), divided by those of the images: 1 as sharp as they are, below 1 blurred."),
        new("sample_sharpness", "ratio", "sum over pixels and samples", MetricGoal.None,
            "As sharpness, for as many images decoded from N(0, I)."),
        new("learning_rate", "step size", "one number for the epoch", MetricGoal.None,
            "Step size of the epoch, after the schedule."),
        new("kl_weight", "factor", "one number for the epoch", MetricGoal.None,
            "Factor of the KL term in the epoch, after the warm-up (vae)."),
    ];

    /// <summary>The definition of a metric, or null when there is none of that name.</summary>
    public static MetricDefinition? Find(string name) => All.FirstOrDefault(m => m.Name == name);
}

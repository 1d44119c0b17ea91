namespace AeVae.Models;

/// <summary>Which metrics an epoch measures.</summary>
public static class EpochMetrics
{
    /// <summary>Names measured on a split after every (evaluated) epoch; none for the test split, which is evaluated once, at the end.</summary>
    public static IReadOnlyList<string> Names(Split split, ModelOptions model, LossOptions loss)
    {
        ArgumentNullException.ThrowIfNull(model);
        bool vae = model.Type == ModelType.Vae;
        return split switch
        {
            Split.Train => vae ? ["loss", "bce", "mse", "kl", "learning_rate", "kl_weight"] : ["loss", "bce", "mse", "learning_rate"],
            Split.Validation when !vae => ["loss", "bce", "mse", "latent_radius", "latent_offset"],
            Split.Validation => ["loss", "bce", "mse", "kl", .. HasBound(loss) ? new[] { "elbo" } : [], "bce_mean", "mse_mean", "active_units", "latent_radius", "latent_offset"],
            _ => [],
        };
    }

    /// <summary>−(bce + kl) bounds log p(x) of the model that is trained.</summary>
    internal static bool HasBound(LossOptions loss) => loss.Reconstruction == Reconstruction.Bce;
}

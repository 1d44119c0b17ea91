using AeVae.Data;

namespace AeVae.Models;

/// <summary>Everything that decides the numbers of a run, apart from the images.</summary>
/// <param name="Seed">Key of every random stream.</param>
/// <param name="Binarize">How grey levels become targets.</param>
/// <param name="Model">The network.</param>
/// <param name="Loss">The objective.</param>
/// <param name="Train">How the parameters are fitted.</param>
/// <param name="Eval">What is measured.</param>
public sealed record ExperimentSettings(ulong Seed, Binarization Binarize, ModelOptions Model, LossOptions Loss, TrainingOptions Train, EvaluationOptions Eval)
{
    /// <summary>kl_weight ÷ scale of the reconstruction term per image, where summed bce or ½·squared error has scale 1; null for an ae.</summary>
    /// <param name="pixels">Pixels of an image.</param>
    public double? EffectiveBeta(int pixels) => Model.Type == ModelType.Vae ? Losses.EffectiveBeta.Of(Loss, pixels) : null;
}

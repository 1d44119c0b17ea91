using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AeVae.Models;

/// <summary>The objective: the <c>loss</c> section of an experiment file.</summary>
[Description("The objective that is minimised, averaged over the images of a batch.")]
public sealed record LossOptions
{
    /// <summary>Reconstruction term.</summary>
    [Description("Reconstruction term. bce: binary cross-entropy in nats; mse: squared error.")]
    public Reconstruction Reconstruction { get; init; } = Reconstruction.Bce;

    /// <summary>Sum or mean over the pixels of an image.</summary>
    [Description("Over the pixels of one image: sum or mean. The batch is always averaged.")]
    public Reduction Reduction { get; init; } = Reduction.Sum;

    /// <summary>β, the factor of the KL term.</summary>
    [Description("β, the factor of the KL term; 0 leaves the term out."), Range(0.0, 1e9)]
    public double KlWeight { get; init; } = 1.0;

    /// <summary>Epochs over which β rises linearly from 0.</summary>
    [Description("Epochs over which the KL weight rises linearly from 0 to kl_weight. Early stopping and the best checkpoint begin after them."), Range(0, 1_000_000)]
    public int KlWarmupEpochs { get; init; }

    /// <summary>Whether β still rises in an epoch (from 1): what is minimised there is another objective than afterwards.</summary>
    public bool IsWarmUp(int epoch) => epoch <= KlWarmupEpochs;
}

/// <summary>Reconstruction term.</summary>
public enum Reconstruction
{
    /// <summary>Binary cross-entropy, nats.</summary>
    Bce,

    /// <summary>Squared error.</summary>
    Mse,
}

/// <summary>Reduction over the pixels of one image.</summary>
public enum Reduction
{
    /// <summary>Sum over pixels.</summary>
    Sum,

    /// <summary>Mean over pixels.</summary>
    Mean,
}

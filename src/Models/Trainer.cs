using AeVae.Compute;
using AeVae.Data;

namespace AeVae.Models;

/// <summary>Fits one autoencoder and measures it, epoch by epoch.</summary>
public sealed class Trainer
{
    /// <summary>Builds the network and draws its parameters.</summary>
    /// <exception cref="ArgumentException">The settings contradict each other or the images.</exception>
    public Trainer(ExperimentSettings settings, Splits splits, ThreadTeam team) => throw new NotImplementedException();

    /// <summary>Steps in one epoch; the last short batch counts.</summary>
    public int StepsPerEpoch => throw new NotImplementedException();

    /// <summary>Epoch being worked on, from 1; safe to poll from another thread.</summary>
    public int Epoch => throw new NotImplementedException();

    /// <summary>Steps done in this epoch; safe to poll from another thread.</summary>
    public int Step => throw new NotImplementedException();

    /// <summary>What is being done; safe to poll from another thread.</summary>
    public Phase Phase => throw new NotImplementedException();

    /// <summary>kl_weight ÷ scale of the reconstruction term per image, where summed bce or ½·squared error has scale 1; null for an ae.</summary>
    public double? EffectiveBeta => throw new NotImplementedException();

    /// <summary>Number of trained parameters.</summary>
    public long ParameterCount => throw new NotImplementedException();

    /// <summary>Trains; yields after every finished epoch. Cancelling ends the sequence without the epoch in progress.</summary>
    /// <exception cref="NonFiniteException">A loss or gradient is not finite.</exception>
    public IEnumerable<EpochResult> Run(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>The state between two epochs.</summary>
    public Checkpoint Capture() => throw new NotImplementedException();

    /// <summary>Continues after the checkpoint's epoch with the same bits; call it before <see cref="Run"/>.</summary>
    /// <exception cref="InvalidDataException">The checkpoint belongs to another network or optimiser.</exception>
    public void Restore(Checkpoint checkpoint) => throw new NotImplementedException();

    /// <summary>Measures the test images and collects what the figures need.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public FinalEvaluation Finish(CancellationToken cancellation, IProgress<double>? progress = null) => throw new NotImplementedException();
}

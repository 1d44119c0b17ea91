using AeVae.Compute;
using AeVae.Models.Layers;

namespace AeVae.Models.Losses;

/// <summary>The objective of one image: reconstruction term + kl_weight · KL; a batch is averaged.</summary>
sealed class Objective
{
    readonly LossOptions options;
    readonly OutputActivation outputActivation;
    readonly Matrix reconstruction;

    public Objective(LossOptions options, OutputActivation outputActivation, int pixels, int capacity)
    {
        if (options.Reconstruction == Reconstruction.Bce && outputActivation == OutputActivation.Identity)
            throw new SettingsException("loss.reconstruction: bce needs pixel values in (0, 1), but model.output is identity. Use model.output: sigmoid, or loss.reconstruction: mse.");

        this.options = options;
        this.outputActivation = outputActivation;
        reconstruction = new Matrix(capacity, pixels);
        PixelScale = options.Reduction == Reduction.Mean ? 1.0 / pixels : 1.0;
    }

    /// <summary>What the sum over pixels is multiplied with: 1, or 1/pixels for the mean.</summary>
    public double PixelScale { get; }

    /// <summary>The reconstructed images: σ(decoded), or decoded itself; (batch × pixels).</summary>
    public Matrix Reconstruct(Matrix decoded, ThreadTeam team)
    {
        if (outputActivation == OutputActivation.Identity) return decoded;
        reconstruction.Rows = decoded.Rows;
        ActivationKernels.Forward(Activation.Sigmoid, decoded, reconstruction, team);
        return reconstruction;
    }

    /// <summary>Measures every image of a batch.</summary>
    /// <param name="decoded">What the decoder says before its output activation, (batch × pixels); left for <see cref="Gradient"/> alone.</param>
    /// <param name="target">The images, (batch × pixels).</param>
    /// <param name="posterior">q(z|x) of the same batch; null for an ae.</param>
    /// <param name="klWeight">Factor of the KL term.</param>
    /// <param name="losses">Receives one value per image.</param>
    /// <param name="team">Threads.</param>
    public void Measure(Matrix decoded, Matrix target, GaussianPosterior? posterior, double klWeight, BatchLosses losses, ThreadTeam team)
    {
        losses.Rows = decoded.Rows;
        if (outputActivation == OutputActivation.Sigmoid)
        {
            // The gradient needs the same exponentials. It takes the place of the logits: memory that one core reads and another then writes costs more than arithmetic.
            reconstruction.Rows = decoded.Rows;
            (Matrix? probability, Matrix? dLogits) = IsCrossEntropy ? ((Matrix?)null, decoded) : (reconstruction, null);
            LossKernels.SigmoidOutput(decoded, target, BatchScale(decoded), probability, dLogits, losses.CrossEntropy, losses.SquaredError, team);
        }
        else
        {
            LossKernels.SquaredError(decoded, target, losses.SquaredError, team);
            LossKernels.BinaryCrossEntropyFromProbabilities(decoded, target, losses.CrossEntropy, team);
        }

        if (posterior is not null) LossKernels.GaussianKl(posterior.Mean, posterior.LogVariance, losses.Kl, team);

        Span<double> term = IsCrossEntropy ? losses.CrossEntropy : losses.SquaredError;
        for (int i = 0; i < term.Length; i++)
        {
            losses.Objective[i] = PixelScale * term[i];
            // A KL term that is left out must not reach the objective, not even as 0 · ∞.
            if (klWeight != 0) losses.Objective[i] += klWeight * losses.Kl[i];
        }
    }

    /// <summary>∂(batch mean of the reconstruction term)/∂decoded, (batch × pixels), after <see cref="Measure"/> of the same batch; it takes the place of <paramref name="decoded"/>.</summary>
    public Matrix Gradient(Matrix decoded, Matrix target, ThreadTeam team)
    {
        if (IsCrossEntropy) return decoded;     // set by Measure
        bool isSigmoid = outputActivation == OutputActivation.Sigmoid;
        LossKernels.SquaredErrorGradient(isSigmoid ? reconstruction : decoded, target, BatchScale(decoded), decoded, team);
        if (isSigmoid) ActivationKernels.Backward(Activation.Sigmoid, reconstruction, decoded, decoded, team);
        return decoded;
    }

    bool IsCrossEntropy => options.Reconstruction == Reconstruction.Bce;

    /// <summary>Factor of one image's sum over pixels in the batch mean.</summary>
    float BatchScale(Matrix decoded) => (float)(PixelScale / decoded.Rows);
}

namespace AeVae.Compute;

/// <summary>Being built.</summary>
public static class LossKernels
{
    /// <summary>Being built.</summary>
    public static void BinaryCrossEntropyFromLogits(Matrix logits, Matrix target, Span<double> perImage, ThreadTeam team) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static void BinaryCrossEntropyFromLogitsGradient(Matrix logits, Matrix target, float scale, Matrix dLogits, ThreadTeam team) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static void BinaryCrossEntropyFromProbabilities(Matrix output, Matrix target, Span<double> perImage, ThreadTeam team) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static void SquaredError(Matrix output, Matrix target, Span<double> perImage, ThreadTeam team) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static void SquaredErrorGradient(Matrix output, Matrix target, float scale, Matrix dOutput, ThreadTeam team) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static void GaussianKl(Matrix mean, Matrix logVariance, Span<double> perImage, ThreadTeam team) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static void GaussianKlGradient(Matrix mean, Matrix logVariance, float scale, Matrix dMean, Matrix dLogVariance, ThreadTeam team) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static void Reparameterize(Matrix mean, Matrix logVariance, Matrix noise, Matrix z, ThreadTeam team) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static void ReparameterizeGradient(Matrix logVariance, Matrix noise, Matrix dZ, Matrix dMean, Matrix dLogVariance, ThreadTeam team) => throw new NotImplementedException();
}

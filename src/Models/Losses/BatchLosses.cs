namespace AeVae.Models.Losses;

/// <summary>One value per image of a batch.</summary>
sealed class BatchLosses(int capacity)
{
    readonly double[] crossEntropy = new double[capacity];
    readonly double[] squaredError = new double[capacity];
    readonly double[] kl = new double[capacity];
    readonly double[] objective = new double[capacity];

    /// <summary>Images in the batch.</summary>
    public int Rows { get; set; }

    /// <summary>Binary cross-entropy, nats, summed over pixels.</summary>
    public Span<double> CrossEntropy => crossEntropy.AsSpan(0, Rows);

    /// <summary>Squared error, summed over pixels.</summary>
    public Span<double> SquaredError => squaredError.AsSpan(0, Rows);

    /// <summary>KL divergence from the prior, nats, summed over latents; 0 for an ae.</summary>
    public Span<double> Kl => kl.AsSpan(0, Rows);

    /// <summary>Reconstruction term + kl_weight · KL.</summary>
    public Span<double> Objective => objective.AsSpan(0, Rows);

    /// <summary>No objective is NaN or infinite.</summary>
    public bool AreFinite
    {
        get
        {
            double sum = 0;
            foreach (double loss in Objective) sum += loss;
            return double.IsFinite(sum);
        }
    }
}

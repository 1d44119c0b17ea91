namespace AeVae.Models;

/// <summary>Which metrics the end of a run measures.</summary>
public static class FinalMetrics
{
    /// <summary>Names measured on the test images after the last epoch; without labels, <c>knn_accuracy</c> is left out.</summary>
    public static IReadOnlyList<string> Names(ModelOptions model, LossOptions loss, EvaluationOptions evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return [.. EpochMetrics.Names(Split.Validation, model, loss), "latent_gaps", "knn_accuracy", .. evaluation.NllSamples > 0 ? new[] { "nll" } : []];
    }
}

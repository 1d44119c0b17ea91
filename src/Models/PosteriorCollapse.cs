using System.Globalization;
using AeVae.Models.Evaluation;

namespace AeVae.Models;

/// <summary>The decoder of a vae ignores the code: the posterior is the prior, whatever the image.</summary>
static class PosteriorCollapse
{
    /// <summary>Evaluations in a row before it is said: many a posterior is near the prior after the first epochs, before the decoder has learned to use it.</summary>
    public const int EvaluationsBeforeWarning = 3;

    /// <summary>Begins every <see cref="Warning"/>: by it, reports know what a stored run was warned of.</summary>
    public const string WarningBegins = "Posterior collapse: ";

    /// <summary>Begins every <see cref="Recovery"/>.</summary>
    public const string RecoveryBegins = "The posterior is no longer collapsed: ";

    // Less than any code of use costs, however many latents move a little.
    const double MinNats = 0.1;

    // A posterior that is far from the prior and yet the same for every image is that of a model that has diverged.
    const double MostNats = 10;

    // With a hundredth of the negative ELBO's weight a decoder that can use a code does.
    const double LeastBetaToBlame = 0.01;

    // A decoder that ignores the code and is farther from the mean image has not learned that yet, let alone to use a code.
    const double MostError = 1.2;

    /// <summary>Evaluations in a row, this one included, in which the decoder ignored the code; 0 when it uses one. After the warning it does not until the posterior leaves the prior.</summary>
    public static int Count(int before, SplitEvaluation evaluation, Func<double> meanImageError) =>
        (before >= EvaluationsBeforeWarning ? IsNearPrior(evaluation) : Seen(evaluation, meanImageError)) ? before + 1 : 0;

    /// <summary>Whether a decoder that has learned something ignores the code.</summary>
    /// <param name="evaluation">Of validation images.</param>
    /// <param name="meanImageError">Squared error per pixel of their mean.</param>
    public static bool Seen(SplitEvaluation evaluation, Func<double> meanImageError) => IsNearPrior(evaluation) && evaluation.Metric("mse") <= MostError * meanImageError();

    static bool IsNearPrior(SplitEvaluation evaluation) => evaluation.Metric("kl") < MinNats || (evaluation.Metric("active_units") == 0 && evaluation.Metric("kl") < MostNats);

    /// <summary>What is said when it has found to its code after a warning.</summary>
    public static string Recovery(SplitEvaluation evaluation, int latentDim) => FormattableString.Invariant(
        $"{RecoveryBegins}the KL is {evaluation.Metric("kl"):0.###} nats per image and {evaluation.Metric("active_units")} of {latentDim} latents are active.");

    /// <summary>What is said after some evaluations in a row; after fewer than <see cref="EvaluationsBeforeWarning"/> only where training ends with them.</summary>
    public static string Warning(SplitEvaluation evaluation, int latentDim, LossOptions loss, double effectiveBeta, int evaluations = EvaluationsBeforeWarning)
    {
        string seen = evaluations >= EvaluationsBeforeWarning ? $"{evaluations} evaluations in a row were like this"
            : $"training ended with {(evaluations == 1 ? "one evaluation" : $"{evaluations} evaluations")} like this, too few to tell whether it would have passed";
        return FormattableString.Invariant($"{WarningBegins}the KL is {evaluation.Metric("kl"):0.###} nats per image and {evaluation.Metric("active_units")} of {latentDim} latents are active, and {seen}: the decoder ignores the code. {(evaluations >= EvaluationsBeforeWarning ? Advice(evaluation.Metric("kl"), loss, effectiveBeta) : "Train for more epochs before anything else is changed.")}");
    }

    static string Advice(double kl, LossOptions loss, double effectiveBeta)
    {
        if (kl >= MinNats && effectiveBeta <= 1) return "What the KL is spent on is the same for every image, as μ hardly varies, so that a lower loss.kl_weight would not help. Train longer, or try another train.learning_rate: a lower one if the loss jumps.";
        string beta = $"the effective β is {effectiveBeta.ToString(effectiveBeta < 0.001 ? "0.##e0" : "0.###", CultureInfo.InvariantCulture)}";
        if (effectiveBeta < LeastBetaToBlame) return $"The weight of the KL term is not why ({beta}): the network has hardly learned yet. Train longer, or try a higher train.learning_rate.";
        string[] others = [.. loss.Reduction == Reduction.Mean ? ["loss.reduction: sum"] : Array.Empty<string>(), .. loss.KlWarmupEpochs == 0 ? ["a loss.kl_warmup_epochs above 0"] : Array.Empty<string>()];
        return $"Try a lower loss.kl_weight ({beta}){string.Concat(others.Select(other => $", or {other}"))}.";
    }
}

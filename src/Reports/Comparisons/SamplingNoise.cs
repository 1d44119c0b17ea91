using AeVae.Reports.Statistics;
using AeVae.Tracking;

namespace AeVae.Reports.Comparisons;

/// <summary>What a VAE's sampled z costs beside an AE, whose code has no noise.</summary>
static class SamplingNoise
{
    /// <summary>How the best AE and the best VAE by a reconstruction error differ at z = μ; null for another metric, and where not both kinds have a value.</summary>
    /// <param name="groups">Of one data set.</param>
    /// <param name="metric">The metric that they are ordered by.</param>
    /// <param name="code">How names of metrics are written.</param>
    /// <param name="plain">How labels are written.</param>
    public static string? Write(IReadOnlyCollection<RunGroup> groups, ComparedMetric metric, Func<string, string> code, Func<string, string> plain)
    {
        string name = metric.Key.Name;
        RunGroup[] ranked = metric.Ranked(groups);
        if (name is not ("bce" or "mse") || Array.Find(ranked, group => group.Members.All(run => !run.IsVae)) is not { } ae || Array.Find(ranked, group => group.Members.All(run => run.IsVae)) is not { } vae) return null;
        string noise = $"Noise: {code(metric.Key.ToString())} of a VAE is of a sampled z, whereas the code of an AE has no noise.";
        MetricKey sampled = new("test", name), mean = new("test", $"{name}_mean");
        if (ae.Sample(sampled).Count == 0 || vae.Sample(mean).Count == 0) return $"{noise} Errors at z = μ, which would tell how much of the difference that is, are not stored.";
        string best = ranked.Length > 2 ? ", the best of each kind:" : ":";
        string besides = vae.Sample(sampled).Count > 0 ? $"; with z sampled it is {Difference(sampled)} ({code(sampled.ToString())})" : "";
        return $"{noise} On the test images at z = μ, {plain(ae.Label)} has {SampleText.MeanAndSpread(ae.Sample(sampled))} ({code(sampled.ToString())}) and {plain(vae.Label)} {SampleText.MeanAndSpread(vae.Sample(mean))} ({code(mean.ToString())}){best} a difference of {Difference(mean)}{besides}.";

        // AE − VAE, by the seeds that both have; without any, of the means.
        string Difference(MetricKey ofVae)
        {
            Sample difference = ae.DifferenceTo(vae, sampled, ofVae);
            return difference.Count == 0 ? $"{Numbers.Format(ae.Sample(sampled).Mean - vae.Sample(ofVae).Mean)} between the means"
                : SampleText.Mean(difference) + (SampleText.Certainty(difference) is { } certainty ? $", {certainty}" : "") + SampleText.Common(difference.Count, ae.ValuesBySeed(sampled).Count, vae.ValuesBySeed(ofVae).Count);
        }
    }
}

using System.Globalization;
using AeVae.Models;
using AeVae.Reports.Claims;
using AeVae.Runner.Specs;
using AeVae.Tracking;

namespace AeVae.Runner.Sweeps;

/// <summary>Checks that the experiment measures what a claim speaks of, before hours are spent on it.</summary>
static class ClaimNames
{
    /// <summary>Everything in a claim that its experiment does not have.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="variants">Each variant's name and experiment, in the file's order.</param>
    /// <returns>Column in the check (from 1) and what is wrong there, in order.</returns>
    public static IReadOnlyList<(int Column, string Message)> Problems(Claim claim, IReadOnlyList<KeyValuePair<string, ExperimentSpec>> variants) =>
        [.. claim.Measurements.Select(measurement => Problem(measurement, variants)).OfType<(int, string)>().Distinct().OrderBy(problem => problem.Item1)];

    static (int Column, string Message)? Problem(Measurement measurement, IReadOnlyList<KeyValuePair<string, ExperimentSpec>> variants)
    {
        if (variants.FirstOrDefault(variant => variant.Key == measurement.Variant).Value is not { } spec)
        {
            string[] known = [.. variants.Select(variant => variant.Key)];
            return (measurement.Column, $"there is no variant '{measurement.Variant}'.{NearestName.Hint(measurement.Variant, known)} Variants of this file: {string.Join(", ", known)}.");
        }

        (Split split, string word) = measurement.Split switch { "train" => (Split.Train, "train"), "test" => (Split.Test, "test"), _ => (Split.Validation, "val") };
        IReadOnlyList<string> measured = split == Split.Test ? FinalMetrics.Names(spec.Model, spec.Loss, spec.Eval) : EpochMetrics.Names(split, spec.Model, spec.Loss);
        if (!measured.Contains(measurement.Metric))
            return (measurement.MetricColumn, $"variant {measurement.Variant} measures no {word}.{measurement.Metric}.{NearestName.Hint(measurement.Metric, measured)} It measures, on {word}: {string.Join(", ", measured)}.");
        if (split == Split.Test && measurement.Function != ClaimFunction.Last)
            return (measurement.Column, $"the test images are measured once, at the end. Use last({measurement.Variant}.test.{measurement.Metric}).");
        if (measurement.Epoch is { } epoch && NeverMeasured(epoch, split, spec) is { } why)
            return (measurement.Column, $"{word}.{measurement.Metric} is not measured after epoch {epoch.ToString(CultureInfo.InvariantCulture)}: {why}");
        if (measurement.NeedsGoal && Metrics.Find(measurement.Metric)!.Goal == MetricGoal.None)
            return (measurement.MetricColumn, $"neither a low nor a high {measurement.Metric} is the better one. Use last, mean or at.");
        return null;
    }

    static string? NeverMeasured(double epoch, Split split, ExperimentSpec spec) =>
        epoch > spec.Train.Epochs ? $"there are {spec.Train.Epochs}. Use last, or another epoch."
        : epoch == spec.Train.Epochs ? null
        : split == Split.Validation && epoch % spec.Eval.Every != 0 ? $"with 'eval.every: {spec.Eval.Every}' only every so many epochs are, and the last one."
        : null;
}

using AeVae.Reports.Markdown;
using AeVae.Reports.Runs;
using AeVae.Reports.Statistics;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Reports.Comparisons;

/// <summary>What a comparison measured, in sentences that say nothing else.</summary>
static class Conclusion
{
    const int MostNamed = 4;   // of more groups, only the lowest and the highest

    // What is told of the test images, in this order, as far as it was measured.
    static readonly (string Subject, (string Words, string Metric)[] Metrics)[] Subjects =
    [
        ("Reconstructions", [("squared error", "mse"), ("cross-entropy", "bce"), ("edge energy, relative to that of the images", "sharpness")]),
        ("KL divergence from N(0, I)", [("in all", "kl"), ("latents in use", "active_units")]),
        ("Codes", [("spread", "latent_radius"), ("distance of their mean from the origin", "latent_offset"), ("share of gaps between them", "latent_gaps"), ("share of classes that neighbours tell", "knn_accuracy")]),
        ("Images decoded from N(0, I)", [("share of at most 1,000 test images that they reach", "sample_coverage"), ("edge energy, relative to that of the images", "sample_sharpness")]),
        ("Images halfway between two codes", [("distance from the training images, relative to unseen images", "interpolation_distance")]),
    ];

    /// <summary>A list of sentences; null for fewer than two groups.</summary>
    /// <param name="runs">What is compared.</param>
    /// <param name="claims">Verdicts on the claims of the sweep.</param>
    public static string? Write(ComparedRuns runs, IReadOnlyList<ClaimVerdict> claims)
    {
        RunGroup[] groups = [.. runs.Groups.Where(group => group.Counted.Count > 0)];
        if (groups.Length < 2) return null;
        IEnumerable<string?> sentences = [Order(runs, groups), Speed(runs.Metric.Key, groups), .. Subjects.Select(subject => Measured(subject.Subject, subject.Metrics, groups)), Claims(claims)];
        return string.Concat(sentences.OfType<string>().Select(sentence => $"- {sentence}\n"));
    }

    static string? Order(ComparedRuns runs, RunGroup[] groups)
    {
        // A lower loss is no better model where another objective is minimised.
        Objectives objectives = new(runs.Runs);
        ComparedMetric metric = runs.Metric.Key.Name == "loss" && !objectives.AreEqual ? ComparedMetric.Parse(objectives.CanonicalMetric, runs.Runs[0].Definitions) : runs.Metric;
        RunGroup[] ranked = [.. groups.Where(group => group.Sample(metric.Key).Count > 0).OrderBy(group => group.Sample(metric.Key).Mean, Comparer<double>.Create(metric.Compare))];
        if (!metric.HasBest || ranked is not [var first, var second, ..]) return null;
        return $"**{MarkdownText.Plain(first.Label)}** has the {(metric.Goal == "lower" ? "lowest" : "highest")} {MarkdownText.Code(metric.Key.ToString())} of {ranked.Length} groups: {Mean(first)}{Unit(metric.Key.Name, groups)}{Seeds(first)}. "
            + $"{MarkdownText.Plain(second.Label)} follows with {Mean(second)}{Difference(first, second, metric.Key)}.";

        string Mean(RunGroup group) => SampleText.MeanAndSpread(group.Sample(metric.Key));
    }

    static string Unit(string metric, RunGroup[] groups) =>
        groups.SelectMany(group => group.Counted).Select(run => run.Unit(metric)).Distinct().ToArray() is [var unit] ? $" {MarkdownText.Plain(unit)}" : "";

    static string Seeds(RunGroup group) => group.Counted.Count == 1 ? " with one seed" : $" (mean ± standard deviation of {group.Counted.Count} seeds)";

    static string Difference(RunGroup first, RunGroup second, MetricKey metric)
    {
        IReadOnlyDictionary<ulong, double> values = first.ValuesBySeed(metric), others = second.ValuesBySeed(metric);
        ulong[] seeds = [.. values.Keys.Where(others.ContainsKey).Order()];
        var difference = Sample.OfDifferences([.. seeds.Select(seed => values[seed])], [.. seeds.Select(seed => others[seed])]);
        if (difference.Interval is not { } interval) return "";
        return $"; seed by seed the difference is {SampleText.Mean(difference)}, 95 % interval {SampleText.Bounds(interval)}{(interval.Low <= 0 && interval.High >= 0 ? ", so that the seeds do not settle which is better" : "")}";
    }

    static string? Speed(MetricKey metric, RunGroup[] groups)
    {
        string? epochs = Values(groups, group => group.Of(run => Convergence.Epoch(run, metric)));
        return epochs is null ? null : $"Convergence: the first epoch with {MarkdownText.Code(metric.ToString())} within {100 * Convergence.Tolerance:0} % of its best: {epochs}.";
    }

    static string? Measured(string subject, (string Words, string Metric)[] metrics, RunGroup[] groups)
    {
        string[] parts = [.. metrics.Select(metric => Metric(metric.Words, metric.Metric, groups)).OfType<string>()];
        return parts.Length == 0 ? null : $"{subject}: {string.Join("; ", parts)}.";
    }

    static string? Metric(string words, string metric, RunGroup[] groups) => Values(groups, group => group.Sample(new MetricKey("test", metric))) is not { } values ? null
        : $"{words} ({MarkdownText.Code("test." + metric)}{(Unit(metric, groups) is { Length: > 0 } unit && unit is not (" ratio" or " share" or " latents") ? $",{unit}" : "")}) {values}";

    /// <summary><c>31.0 ± 2.0 (ae), 22.3 ± 1.5 (vae)</c>; of many groups the lowest to the highest.</summary>
    static string? Values(RunGroup[] groups, Func<RunGroup, Sample> measure)
    {
        (RunGroup Group, Sample Sample)[] measured = [.. groups.Select(group => (group, measure(group))).Where(pair => pair.Item2.Count > 0)];
        if (measured.Length == 0) return null;
        string[] texts = [.. measured.Select(pair => $"{SampleText.MeanAndSpread(pair.Sample)} ({MarkdownText.Plain(pair.Group.Label)})")];
        if (measured.Length <= MostNamed) return string.Join(", ", texts);
        int lowest = Array.IndexOf(measured, measured.MinBy(pair => pair.Sample.Mean)), highest = Array.IndexOf(measured, measured.MaxBy(pair => pair.Sample.Mean));
        return lowest == highest ? $"{SampleText.MeanAndSpread(measured[0].Sample)} (all)" : $"from {texts[lowest]} to {texts[highest]}";
    }

    static string? Claims(IReadOnlyList<ClaimVerdict> claims)
    {
        if (claims.Count == 0) return null;
        IEnumerable<string> counts = from outcome in Enum.GetValues<ClaimOutcome>()
                                     let count = claims.Count(claim => claim.Outcome == outcome)
                                     where count > 0
                                     select $"{count} {Verb(outcome, count)}";
        return $"Claims: of {claims.Count}, {string.Join(", ", counts)}.";
    }

    static string Verb(ClaimOutcome outcome, int count) => (outcome, count) switch
    {
        (ClaimOutcome.Holds, 1) => "holds",
        (ClaimOutcome.Holds, _) => "hold",
        (ClaimOutcome.DoesNotHold, 1) => "does not hold",
        (ClaimOutcome.DoesNotHold, _) => "do not hold",
        (_, 1) => "is undecided",
        _ => "are undecided",
    };
}

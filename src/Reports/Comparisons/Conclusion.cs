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
        ("Likelihood", [("−log p(x) by importance sampling, an upper bound", "nll")]),
        ("Codes", [("KL divergence from N(0, I)", "kl"), ("latents whose μ has a variance above 0.01", "active_units"), ("spread", "latent_radius"), ("distance of their mean from the origin", "latent_offset"), ("share of gaps between them", "latent_gaps"), ("10-NN accuracy: share of images whose class the ten nearest training codes tell", "knn_accuracy")]),
        ("Decoded images", [("share of at most 1,000 test images that draws of N(0, I) reach, even blurred", "sample_coverage"), ("edge energy of those draws, relative to that of the images", "sample_sharpness"), ("distance of images halfway between two codes from the training images, relative to unseen images; blur shortens it", "interpolation_distance")]),
    ];

    /// <summary>A list of sentences and measured values, of several data sets for each alone; null where no two groups are of one.</summary>
    /// <param name="runs">What is compared.</param>
    /// <param name="claims">Verdicts on the claims of the sweep.</param>
    public static string? Write(ComparedRuns runs, IReadOnlyList<ClaimVerdict> claims)
    {
        string[] sentences = [.. runs.DataSets.SelectMany(dataSet => Measured(runs, dataSet))];
        return sentences.Length == 0 ? null : string.Concat(sentences.Append(Claims(claims)).OfType<string>().Select(sentence => $"- {sentence}\n"));
    }

    static IEnumerable<string> Measured(ComparedRuns runs, string dataSet)
    {
        RunGroup[] groups = [.. runs.Finished.Where(group => group.Counted.Count > 0 && runs.DataSetOf(group) == dataSet)];
        if (groups.Length < 2) return [];
        string of = runs.DataSets.Count > 1 ? $"On {MarkdownText.Plain(dataSet)}: " : "";
        IEnumerable<string?> sentences = [.. Orders(runs, groups), WorseThanMeanImage(groups), Speed(groups), .. Subjects.Select(subject => Measured(subject.Subject, subject.Metrics, groups))];
        return sentences.OfType<string>().Select(sentence => of + sentence);
    }

    /// <summary>Which group is best; where one number was varied, which value of it, for each variant.</summary>
    static IEnumerable<string?> Orders(ComparedRuns runs, RunGroup[] groups)
    {
        // A lower loss is no better model where another objective is minimised.
        Objectives objectives = new([.. groups.SelectMany(group => group.Members)]);
        ComparedMetric metric = runs.Metric.Key.Name == "loss" && !objectives.AreEqual ? ComparedMetric.Parse(objectives.CanonicalMetric, runs.Runs[0].Definitions) : runs.Metric;
        return objectives.AreOnTheSameImages(metric.Key.Split) ? [.. Orders(runs, groups, metric), SamplingNoise.Write(groups, metric, MarkdownText.Code, MarkdownText.Plain)] : [];
    }

    static IEnumerable<string?> Orders(ComparedRuns runs, RunGroup[] groups, ComparedMetric metric)
    {
        if (runs.Differing.Swept is not [var key] || !groups.All(group => group.Number(key) is not null) || groups.GroupBy(group => group.Variant).All(variant => variant.Count() == 1))
            return [Order(metric, groups, group => group.Label, "groups", _ => "")];
        return groups.GroupBy(group => group.Variant).Select(variant =>
        {
            double?[] tried = [.. runs.Groups.Where(group => group.Variant == variant.Key && runs.DataSetOf(group) == runs.DataSetOf(groups[0])).Select(group => group.Number(key))];
            string? order = Order(metric, [.. variant], group => $"{DifferingKeys.Shorten(key, [])}={group.Value(key)}", "values",
                best => best.Number(key) == tried.Max() ? ", the largest value tried," : best.Number(key) == tried.Min() ? ", the smallest value tried," : "");
            return order is null || variant.Key is not { } name ? order : $"{MarkdownText.Plain(name)}: {order}";
        });
    }

    static string? Order(ComparedMetric metric, RunGroup[] groups, Func<RunGroup, string> name, string what, Func<RunGroup, string> edge)
    {
        RunGroup[] ranked = metric.Ranked(groups);
        if (!metric.HasBest || ranked is not [var first, var second, ..]) return null;
        string goal = metric.Goal == "lower" ? "lowest" : "highest";
        if (ranked.TakeWhile(group => group.Sample(metric.Key).Mean == first.Sample(metric.Key).Mean).ToArray() is { Length: > 1 } equal)
            return $"{equal.Length} of {ranked.Length} {what} have the {goal} {MarkdownText.Code(metric.Key.ToString())}, {Mean(first)}{Unit(metric.Key.Name, groups)}: {string.Join(", ", equal.Take(MostNamed).Select(group => MarkdownText.Plain(name(group))))}{(equal.Length > MostNamed ? ", …" : "")}.";
        return $"**{MarkdownText.Plain(name(first))}**{Settings(first)}{edge(first)} has the {goal} {MarkdownText.Code(metric.Key.ToString())} of {ranked.Length} {what}: {Mean(first)}{Unit(metric.Key.Name, groups)}{Repeats(first, first.Sample(metric.Key))}. "
            + $"{MarkdownText.Plain(name(second))}{Settings(second)} follows with {Mean(second)}{Difference(first, second, metric)}.{Others(first, ranked[1..], metric, name)}";

        string Mean(RunGroup group) => SampleText.MeanAndSpread(group.Sample(metric.Key));

        static string Settings(RunGroup group) => group.Settings is { } settings ? $" ({MarkdownText.Plain(settings)})" : "";
    }

    static string Unit(string metric, RunGroup[] groups) =>
        groups.SelectMany(group => group.Counted).Select(run => run.Unit(metric)).Distinct().ToArray() is [var unit] ? $" {MarkdownText.Plain(unit)}" : "";

    // Of those with a finite value, as the sample itself.
    static string Repeats(RunGroup group, Sample sample) => sample.Count == 1 ? " with one seed"
        : sample.IsWithoutSpread ? $" ({SampleText.Certainty(sample, group.Repeats)})" : SampleText.Kind(group.Repeats, sample);

    static string Difference(RunGroup first, RunGroup second, ComparedMetric metric)
    {
        Sample difference = first.DifferenceTo(second, metric.Key);
        if (SampleText.Certainty(difference) is not { } certainty) return "";
        string common = SampleText.Common(difference.Count, first.Sample(metric.Key).Count, second.Sample(metric.Key).Count);
        string zero = IsZeroInside(difference) ? $"{(difference.Interval is null ? "" : ", with 0 inside")}: the two are not told apart" : "";
        return $"; seed by seed the difference is {SampleText.Mean(difference)}, {certainty}{common}{zero}";
    }

    // The best was chosen by its own mean, so more than the second may be as good.
    static string Others(RunGroup first, RunGroup[] others, ComparedMetric metric, Func<RunGroup, string> name)
    {
        bool[] alike = [.. others.Select(other => IsZeroInside(other.DifferenceTo(first, metric.Key)))];
        int more = alike.Skip(1).Count(one => one);
        return more == 0 ? "" : $" {(alike[0] ? $"Nor is {MarkdownText.Plain(name(first))}" : $"{MarkdownText.Plain(name(first))} is not")} told apart from {more} of the {others.Length - 1} others.";
    }

    static bool IsZeroInside(Sample difference) => difference.Interval is { Low: <= 0, High: >= 0 } || difference is { IsWithoutSpread: true, Mean: 0 };

    /// <summary>Groups that have learned less than every image's mean; null where there is none, or that is not known.</summary>
    static string? WorseThanMeanImage(RunGroup[] groups)
    {
        if (StoredBaseline.Beside([.. groups.SelectMany(group => group.Counted)]).FirstOrDefault(one => one.Name == StoredBaseline.MeanImage) is not { } mean) return null;
        RunGroup[] worse = [.. groups.Where(group => group.WithoutNoise("mse").Sample is { Count: > 0 } error && error.Mean >= mean.Mse)];
        string which = worse.Length == groups.Length ? "all" : worse.Length > MostNamed ? $"{worse.Length} of {groups.Length} groups" : string.Join(", ", worse.Select(group => MarkdownText.Plain(group.Label)));
        return worse.Length == 0 ? null : $"**No better than the mean image**, whose squared error is {Numbers.Format(mean.Mse)}: {which} ({string.Join(", ", worse.Select(group => group.WithoutNoise("mse").Key).Distinct().Select(metric => MarkdownText.Code(metric.ToString())))}).";
    }

    static string? Speed(RunGroup[] groups)
    {
        MetricKey loss = new("validation", "loss");
        if (Values(groups, group => group.Of(run => Convergence.Epoch(run, loss))) is not { } epochs) return null;
        (RunGroup Group, int Last)[] last = [.. groups.Where(group => group.Sample(loss).Count > 0).Select(group => (group, group.Counted.Count(RunConclusion.IsLowestInLastEpoch)))];
        string may = last.All(one => one.Last == 0) ? ""
            : $"; it is lowest in the last epoch, so it may fall further, in {(last.Length > MostNamed ? $"{last.Sum(one => one.Last)} of {last.Sum(one => one.Group.Counted.Count)} runs" : string.Join(", ", last.Where(one => one.Last > 0).Select(InWords)))}";
        return $"Training: the first epoch with {MarkdownText.Code(loss.ToString())} within {100 * Convergence.Tolerance:0} % of its lowest value: {epochs}{may}.";

        static string InWords((RunGroup Group, int Last) one) =>
            $"{(one.Group.Counted.Count == 1 ? "" : $"{one.Last} of {one.Group.Counted.Count} runs of ")}{MarkdownText.Plain(one.Group.Label)}";
    }

    static string? Measured(string subject, (string Words, string Metric)[] metrics, RunGroup[] groups)
    {
        string[] parts = [.. metrics.Select(metric => Metric(metric.Words, metric.Metric, groups)).OfType<string>()];
        return parts.Length == 0 ? null : $"{subject}:{string.Concat(parts.Select(part => $"\n  - {part}"))}";
    }

    static string? Metric(string words, string metric, RunGroup[] groups) => Values(groups, group => group.Sample(new MetricKey("test", metric))) is not { } values ? null
        : $"{words} ({MarkdownText.Code("test." + metric)}{(Unit(metric, groups) is { Length: > 0 } unit && unit is not (" ratio" or " share" or " latents") ? $",{unit}" : "")}) {values}";

    /// <summary><c>31.0 ± 2.0 (ae), 22.3 ± 1.5 (vae)</c>; of many groups the lowest to the highest.</summary>
    static string? Values(RunGroup[] groups, Func<RunGroup, Sample> measure)
    {
        (RunGroup Group, Sample Sample)[] measured = [.. groups.Select(group => (group, measure(group))).Where(pair => pair.Item2.Count > 0)];
        if (measured.Length == 0) return null;
        if (measured.Length <= MostNamed) return string.Join(", ", measured.Select(pair => $"{SampleText.MeanAndSpread(pair.Sample)} ({MarkdownText.Plain(pair.Group.Label)})"));
        (string lowest, string highest) = (At(measured.Min(pair => pair.Sample.Mean)), At(measured.Max(pair => pair.Sample.Mean)));
        return lowest == highest ? lowest : $"from {lowest} to {highest}";

        // Groups of one value, or whose text is the same, are not told apart, so that none is named.
        string At(double mean)
        {
            string text = SampleText.MeanAndSpread(measured.First(pair => pair.Sample.Mean == mean).Sample);
            (RunGroup Group, Sample Sample)[] tied = [.. measured.Where(pair => pair.Sample.Mean == mean || SampleText.MeanAndSpread(pair.Sample) == text)];
            return tied is [var only] ? $"{text} ({MarkdownText.Plain(only.Group.Label)})"
                : $"{(tied.All(pair => SampleText.MeanAndSpread(pair.Sample) == text) ? text : Numbers.Chosen(mean))} ({(tied.Length == measured.Length ? "all" : $"{tied.Length} groups")})";
        }
    }

    static string? Claims(IReadOnlyList<ClaimVerdict> claims)
    {
        if (claims.Count == 0) return null;
        IEnumerable<string> counts = from outcome in Enum.GetValues<ClaimOutcome>()
                                     let count = claims.Count(claim => claim.Outcome == outcome)
                                     where count > 0
                                     select $"{count} {Verb(outcome, count)}";
        return counts.Count() == 1 ? Unanimous(claims[0].Outcome, claims.Count) : $"Claims: of {claims.Count}, {string.Join(", ", counts)}.";
    }

    static string Unanimous(ClaimOutcome outcome, int count) => (outcome, count) switch
    {
        (_, 1) => $"The claim {Verb(outcome, 1)}.",
        (ClaimOutcome.DoesNotHold, 2) => "Claims: neither holds.",
        (ClaimOutcome.DoesNotHold, _) => $"Claims: none of the {count} holds.",
        (_, 2) => $"Claims: both {Verb(outcome, 2)}.",
        _ => $"Claims: all {count} {Verb(outcome, count)}.",
    };

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

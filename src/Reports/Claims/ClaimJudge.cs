using AeVae.Reports.Statistics;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Reports.Claims;

/// <summary>Compares the two sides of a claim seed by seed: the same seed gives all variants the same order of images and the same noise, so that differences spread less than the sides do.</summary>
static class ClaimJudge
{
    /// <summary>One claim's verdict.</summary>
    /// <param name="text">The claim.</param>
    /// <param name="seeds">Seeds to judge by, in the order in which they are told.</param>
    /// <param name="runs">The run of a variant and a seed.</param>
    /// <param name="frozenAt">When the claims were frozen with the sweep; a run may be older.</param>
    public static ClaimVerdict Judge(ClaimText text, IReadOnlyList<ulong> seeds, Func<string, ulong, VariantRun> runs, DateTimeOffset frozenAt)
    {
        Claim claim;
        try
        {
            claim = ClaimSyntax.Parse(text.Check);
        }
        catch (ClaimSyntaxException e)
        {
            return Verdict(ClaimOutcome.Undecided, $"The check cannot be read: column {e.Column}, {e.Message}", []);
        }

        // Another variant may have a seed of its own.
        ulong[] common = [.. seeds.Where(seed => claim.Measurements.All(measurement => runs(measurement.Variant, seed).HasTrial))];
        List<ClaimSides> values = [];
        List<(string What, ulong Seed)> missing = [];
        List<int> commonEpochs = [];
        bool cutsMeans = false;
        foreach (ulong seed in common.Length > 0 ? common : seeds)
        {
            var measurements = new SeedMeasurements(claim, variant => runs(variant, seed));
            var sides = new ClaimSides(seed, measurements.Value(claim.Left.Expression), measurements.Value(claim.Right.Expression));
            if (measurements.Missing.Count == 0)
            {
                values.Add(sides);
                commonEpochs.Add(measurements.CommonEpochs);
                cutsMeans |= measurements.CutsMeans;
            }

            missing.AddRange(measurements.Missing.Select(what => (what, seed)));
        }

        ClaimOutcome outcome = missing.Count > 0 || values.Count == 0 ? ClaimOutcome.Undecided : Compare(claim.Comparison, [.. values]);
        string unit(ClaimExpression side) => SideUnit.Of(side, variant => runs(variant, values[0].Seed).Data!);
        RunSummary[] judged = [.. values.SelectMany(seed => claim.Measurements.Select(measurement => runs(measurement.Variant, seed.Seed).Data!.Run)).DistinctBy(run => run.Id)];
        int older = judged.Count(run => run.StartedAt < frozenAt);
        string written = text.TrialsBefore > 0 ? $" This claim was written after {Counted.Of(text.TrialsBefore, "trial")} had been trained."
            : older > 0 ? $" {(older == judged.Length ? "Its runs" : $"{older} of its {judged.Length} runs")} had been begun before the sweep and its claims were written down." : "";
        string means = !cutsMeans ? "" : $" Means are over the {ClaimEvidence.Epochs(commonEpochs)} that all of them have.";
        return Verdict(outcome, ClaimEvidence.Write(claim, values, missing, unit) + means + written, [.. values.Select(seed => seed.Seed)]) with { Sides = values };

        ClaimVerdict Verdict(ClaimOutcome verdict, string evidence, ulong[] used) =>
            new() { Text = text.Text, Expression = text.Check, Outcome = verdict, Evidence = evidence, Seeds = used };
    }

    /// <summary>Whether left − right lies on the claimed side of 0: the value with one seed and where all seeds agree, the whole 95 % interval with several.</summary>
    static ClaimOutcome Compare(Comparison comparison, ClaimSides[] values)
    {
        var sample = Sample.OfDifferences([.. values.Select(seed => seed.Left)], [.. values.Select(seed => seed.Right)]);
        double first = sample.IsWithoutSpread ? sample.Mean : values[0].Difference;
        Interval? range = sample.IsWithoutSpread || Array.TrueForAll(values, seed => seed.Difference == first) ? new Interval(first, first) : sample.Interval;
        if (range is not { } interval || double.IsNaN(first)) return ClaimOutcome.Undecided;
        (bool holds, bool fails) = comparison switch
        {
            Comparison.Less => (interval.High < 0, interval.Low >= 0),
            Comparison.AtMost => (interval.High <= 0, interval.Low > 0),
            Comparison.Greater => (interval.Low > 0, interval.High <= 0),
            _ => (interval.Low >= 0, interval.High < 0),
        };
        return holds ? ClaimOutcome.Holds : fails ? ClaimOutcome.DoesNotHold : ClaimOutcome.Undecided;
    }
}

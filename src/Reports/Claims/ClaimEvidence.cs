using System.Globalization;
using System.Text;
using AeVae.Reports.Statistics;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Reports.Claims;

/// <summary>The numbers behind a verdict, in a sentence.</summary>
static class ClaimEvidence
{
    const string NotReached = " is not reached";

    /// <summary>What is missing, then what was measured.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="values">Both sides for each seed with which everything was measured.</param>
    /// <param name="missing">What was not measured, with which seed.</param>
    /// <param name="unit">Unit of a side; called only when there are values.</param>
    public static string Write(Claim claim, IReadOnlyList<ClaimSides> values, IReadOnlyList<(string What, ulong Seed)> missing, Func<ClaimExpression, string> unit)
    {
        var text = new StringBuilder(string.Concat(missing
            .GroupBy(gap => gap.What, gap => gap.Seed)
            .Select(gap => $"{gap.Key} with {Seeds([.. gap])}. ")));
        if (values.Count > 0)
            text.Append(missing.Count > 0 ? $"With {Seeds([.. values.Select(seed => seed.Seed)])}: " : "").Append(Measured(claim, values, unit));
        return text.Length == 0 ? "No seed was run." : text.ToString().TrimEnd();
    }

    static string Measured(Claim claim, IReadOnlyList<ClaimSides> values, Func<ClaimExpression, string> unit)
    {
        bool severalSeeds = values.Count > 1;
        double[] left = [.. values.Select(seed => seed.Left)], right = [.. values.Select(seed => seed.Right)];
        return $"{string.Join(" and ", new[] { Side(claim.Left, left), Side(claim.Right, right) }.OfType<string>())}{SampleText.Kind("seeds", Sample.Of(left), Sample.Of(right))}; {(severalSeeds ? Range(claim, values) : "one seed gives no interval")}.";

        string? Side(ClaimSide side, double[] ofSeeds)
        {
            if (!side.Expression.Measurements.Any()) return null;   // the claim tells it
            ulong[] never = [.. values.Zip(ofSeeds).Where(pair => !double.IsFinite(pair.Second)).Select(pair => pair.First.Seed)];
            if (never.Length > 0) return $"{side.Text}{NotReached}{(severalSeeds ? $" with {Seeds(never)}" : "")}";
            string number = SampleText.MeanAndSpread(Sample.Of(ofSeeds));
            string unitText = unit(side.Expression) switch { "" => "", "epochs" when number == "1" => " epoch", var name => $" {name}" };
            return $"{side.Text} is {number}{unitText}";
        }
    }

    static string Range(Claim claim, IReadOnlyList<ClaimSides> values)
    {
        // With a number on one side, the interval of the other says more than that of their difference.
        bool leftIsMeasured = claim.Left.Expression.Measurements.Any(), rightIsMeasured = claim.Right.Expression.Measurements.Any();
        bool bothAreMeasured = leftIsMeasured && rightIsMeasured;
        double[] left = [.. values.Select(seed => seed.Left)], right = [.. values.Select(seed => seed.Right)];
        Sample told = bothAreMeasured ? Sample.OfDifferences(left, right) : Sample.Of(leftIsMeasured ? left : right);
        double border = bothAreMeasured ? 0 : leftIsMeasured ? values[0].Right : values[0].Left;
        if (SampleText.Certainty(told) is not { } certainty) return "their difference has no interval";
        string range = $"{certainty}{(told.Interval is { } interval && interval.Low < border && border < interval.High ? $", with {Numbers.Chosen(border)} inside" : "")}";
        return bothAreMeasured ? $"left - right is {SampleText.Mean(told)}, {range}" : range;
    }

    /// <summary><c>6 epochs</c>, or <c>4 to 6 epochs</c> where seeds have several numbers of them.</summary>
    public static string Epochs(IReadOnlyList<int> numbers) => numbers.Min() is var fewest && numbers.Max() is var most && fewest == most ? Counted.Of(most, "epoch") : string.Create(CultureInfo.InvariantCulture, $"{fewest} to {most} epochs");

    static string Seeds(ulong[] seeds) => seeds.Length == 1 ? $"seed {seeds[0]}" : $"seeds {string.Join(", ", seeds[..^1])} and {seeds[^1]}";
}

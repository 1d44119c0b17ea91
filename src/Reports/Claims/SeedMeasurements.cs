using AeVae.Reports.Runs;
using AeVae.Tracking;

namespace AeVae.Reports.Claims;

/// <summary>Computes claims from the runs of one seed.</summary>
/// <param name="claim">The claim.</param>
/// <param name="runs">The run of each variant.</param>
sealed class SeedMeasurements(Claim claim, Func<string, VariantRun> runs)
{
    readonly List<string> missing = [];
    readonly int[][] epochsOfMeans = [.. claim.Measurements.Where(measurement => measurement.Function == ClaimFunction.Mean)
        .Select(measurement => runs(measurement.Variant).Data?.History(measurement.Split, measurement.Metric) ?? [])
        .Where(history => history.Count > 0).Select(history => history.Select(point => point.Epoch).ToArray())];

    /// <summary>How many epochs every mean of the claim is over: a mean over others would compare the beginning of one run with the end of another.</summary>
    public int CommonEpochs => epochsOfMeans.Length > 0 ? Common.Count : 0;

    /// <summary>Whether something has more epochs than its mean is over.</summary>
    public bool CutsMeans => epochsOfMeans.Any(epochs => epochs.Length > Common.Count);

    HashSet<int> Common => field ??= [.. epochsOfMeans.Aggregate((common, epochs) => [.. common.Intersect(epochs)])];

    /// <summary>What was not measured; where there is any, a value is NaN.</summary>
    public IReadOnlyList<string> Missing => missing;

    /// <summary>The value; NaN when something was not measured, ∞ for the epoch in which a goal that was never reached is reached.</summary>
    public double Value(ClaimExpression expression) => expression switch
    {
        Constant constant => constant.Value,
        Absolute absolute => Math.Abs(Value(absolute.Of)),
        Arithmetic pair => Combine(pair.Operator, Value(pair.Left), Value(pair.Right)),
        Measurement measurement => Measure(measurement),
        _ => throw new ArgumentException($"unknown expression {expression}", nameof(expression)),
    };

    double Combine(char sign, double left, double right)
    {
        double value = sign switch
        {
            '+' => left + right,
            '-' => left - right,
            '*' => left * right,
            _ => left / right,
        };
        // Otherwise it would pass for a goal that was never reached.
        return double.IsFinite(left) && double.IsFinite(right) && !double.IsFinite(value) ? Lacks(sign == '/' && right == 0 ? "The check divides by 0" : "A number of the check is too large") : value;
    }

    double Measure(Measurement measurement)
    {
        VariantRun run = runs(measurement.Variant);
        if (run.Data is not { } data) return Lacks($"{measurement.Variant} {run.Reason}");
        if (data.History(measurement.Split, measurement.Metric) is not { Count: > 0 } points)
            return Lacks($"{Name(measurement)} was not measured");
        IReadOnlyList<SeriesPoint> comparable = data.ComparableHistory(measurement.Split, measurement.Metric);
        if (comparable.Count == 0 && measurement.Function is ClaimFunction.Best or ClaimFunction.EpochsTo)
            return Lacks($"{Name(measurement)} was measured only while the KL weight rose, so no epoch of it is the best or the first");
        return measurement.Function switch
        {
            ClaimFunction.Last => Finite(points[^1].Value, measurement),
            ClaimFunction.Mean => Mean(measurement, points),
            ClaimFunction.At => At(measurement, points),
            ClaimFunction.Best => Best(measurement, Goal(measurement, data), comparable),
            _ => EpochsTo(measurement, Goal(measurement, data), comparable),
        };
    }

    double Mean(Measurement measurement, IReadOnlyList<SeriesPoint> points)
    {
        double[] common = [.. points.Where(point => Common.Contains(point.Epoch)).Select(point => point.Value)];
        return common.Length == 0 ? Lacks("What means are taken of has no epoch in common") : Finite(common.Average(), measurement);
    }

    double At(Measurement measurement, IReadOnlyList<SeriesPoint> points)
    {
        double epoch = Value(measurement.Argument!);
        return points.Where(point => point.Epoch == epoch).Select(point => (double?)point.Value).FirstOrDefault() is { } value ? Finite(value, measurement)
            : Lacks($"{Name(measurement)} was not measured in epoch {epoch} (the last one is {points[^1].Epoch})");
    }

    double Best(Measurement measurement, int goal, IReadOnlyList<SeriesPoint> points)
    {
        double[] finite = [.. points.Select(point => point.Value).Where(double.IsFinite)];
        return goal == 0 ? NoGoal(measurement) : finite.Length == 0 ? Finite(double.NaN, measurement) : goal < 0 ? finite.Min() : finite.Max();
    }

    double EpochsTo(Measurement measurement, int goal, IReadOnlyList<SeriesPoint> points)
    {
        if (goal == 0) return NoGoal(measurement);
        double value = Value(measurement.Argument!);
        return double.IsNaN(value) ? double.NaN
            : points.Where(point => goal < 0 ? point.Value <= value : point.Value >= value).Select(point => (double)point.Epoch).FirstOrDefault(double.PositiveInfinity);
    }

    double Finite(double value, Measurement measurement) => double.IsFinite(value) ? value : Lacks($"{Name(measurement)} is not finite");

    double NoGoal(Measurement measurement) => Lacks($"Neither a low nor a high {measurement.Metric} is the better one");

    double Lacks(string what)
    {
        if (!missing.Contains(what)) missing.Add(what);
        return double.NaN;
    }

    static string Name(Measurement measurement) => $"{measurement.Variant}.{new MetricKey(measurement.Split, measurement.Metric)}";

    /// <summary>−1 where lower is better, 1 where higher is, 0 where neither is.</summary>
    static int Goal(Measurement measurement, RunData data) => data.Definitions.GetValueOrDefault(measurement.Metric)?.Goal switch { "lower" => -1, "higher" => 1, _ => 0 };
}

/// <summary>The run of a variant with one seed.</summary>
/// <param name="Data">What was measured; null unless the run is completed.</param>
/// <param name="Reason">Why there is nothing, as in "has failed"; null when there is.</param>
sealed record VariantRun(RunData? Data, string? Reason = null)
{
    /// <summary>Whether the sweep has a trial of that variant with that seed.</summary>
    public bool HasTrial { get; init; } = true;
}

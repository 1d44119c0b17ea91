using AeVae.Reports.Runs;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Reports.Comparisons;

/// <summary>Several runs: what they differ in, and which are equal but for the seed.</summary>
public sealed class ComparedRuns
{
    ComparedRuns(IReadOnlyList<RunData> runs, ComparedMetric metric, ComparisonOptions options, RunGroups groups, IReadOnlyList<string> notes)
    {
        (Runs, Metric, Sweep, Notes) = (runs, metric, options.Sweep, notes);
        Differing = groups.Differing;
        Groups = [.. groups.All
            .OrderBy(group => group.IsCompleted ? 0 : 1)
            .ThenBy(group => group.Sample(metric.Key).Mean, Comparer<double>.Create(metric.Compare))];
        int? baseline = options.Sweep?.Outline.BaselineTrial;
        string? baselineRun = options.BaselineRunId ?? options.Sweep?.Trials.FirstOrDefault(trial => trial.Trial.Number == baseline)?.RunId;
        Baseline = Groups.FirstOrDefault(group => group.Members.Any(run => run.Run.Id == baselineRun));
    }

    /// <summary>Every run once, in the order in which they were named.</summary>
    internal IReadOnlyList<RunData> Runs { get; }

    /// <summary>The metric that groups are ranked by.</summary>
    public ComparedMetric Metric { get; }

    /// <summary>The sweep that all runs belong to; null when they were chosen one by one.</summary>
    public SweepDetail? Sweep { get; }

    /// <summary>Best first; those without a completed run, and without a value, last.</summary>
    public IReadOnlyList<RunGroup> Groups { get; }

    /// <summary>The group that others are compared with; null when none is named.</summary>
    public RunGroup? Baseline { get; }

    /// <summary>What groups differ in.</summary>
    public DifferingKeys Differing { get; }

    /// <summary>One sentence for each thing that the reader should know of the runs.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Unit of the metric; empty when the groups have several.</summary>
    public string Unit => Runs.Select(run => run.Unit(Metric.Key.Name)).Distinct().ToArray() is [var unit] ? unit : "";

    /// <summary>The best run of the best group; null when the metric has no best value or no run has one.</summary>
    public RunSummary? Best => Metric.HasBest ? Groups[0].Best(Metric) : null;

    /// <summary>Reads and groups runs.</summary>
    /// <param name="queries">The results file; nothing else is read.</param>
    /// <param name="runIds">Full ids, at least one; each counts once.</param>
    /// <param name="options">How they are compared.</param>
    /// <exception cref="ArgumentException">There is no such metric or key.</exception>
    public static ComparedRuns Read(RunQueries queries, IReadOnlyList<string> runIds, ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(runIds);
        ArgumentNullException.ThrowIfNull(options);
        return Of([.. runIds.Distinct().Select(id => RunData.Read(queries, id))], options);
    }

    internal static ComparedRuns Of(IReadOnlyList<RunData> runs, ComparisonOptions options)
    {
        if (runs.Count == 0) throw new ArgumentException("there is no run to compare", nameof(runs));
        Objectives objectives = new(runs);
        string? wished = options.Metric ?? options.Sweep?.Sweep.Metric;
        ComparedMetric metric = ComparedMetric.Parse(wished ?? objectives.CanonicalMetric, runs[0].Definitions);
        RunGroups groups = RunGroups.Of(runs, options);
        return new ComparedRuns(runs, metric, options, groups, [.. ComparisonNotes.Of(groups, metric, objectives, options)]);
    }

    /// <summary>How the others differ from the baseline; empty without one.</summary>
    public IReadOnlyList<BaselineDifference> DifferencesToBaseline() =>
        Baseline is null ? [] : BaselineDifference.Of(Baseline, [.. Groups.Where(group => group != Baseline)], Metric);
}

using System.Globalization;
using AeVae.Reports.Runs;
using AeVae.Reports.Statistics;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Reports.Comparisons;

/// <summary>Several runs: what they differ in, and which are equal but for the seed.</summary>
public sealed class ComparedRuns
{
    const string Weights = "eval.weights";

    readonly DataSets data;
    readonly Objectives objectives;
    readonly bool isOnTheSameImages;

    ComparedRuns(IReadOnlyList<RunData> runs, ComparedMetric metric, ComparisonOptions options, RunGroups groups, Objectives objectives)
    {
        (Runs, Metric, Sweep) = (runs, metric, options.Sweep);
        (data, this.objectives) = (objectives.Data, objectives);
        isOnTheSameImages = objectives.AreOnTheSameImages(metric.Key.Split);
        IsRanked = metric.HasBest && isOnTheSameImages && (objectives.AreEqual || metric.Key.Name != "loss");
        Notes = [.. ComparisonNotes.Of(groups, metric, objectives, options)];
        Differing = groups.Differing;
        NamedKeys = groups.NamedKeys;
        Groups = [.. groups.All
            .OrderBy(group => group.IsCompleted ? 0 : 1)
            .ThenBy(group => data.Names.ToList().IndexOf(DataSetOf(group)))
            .ThenBy(group => group.Sample(metric.Key).Mean, Comparer<double>.Create(metric.Compare))];
        string?[] baselines = options.BaselineRunId is { } named ? [named] : options.Sweep is { } sweep ? RunsOfBaseline(sweep) : [];
        Baseline = Groups.FirstOrDefault(group => group.Members.Any(run => baselines.Contains(run.Run.Id)));
    }

    /// <summary>Every run once, in the order in which they were named.</summary>
    internal IReadOnlyList<RunData> Runs { get; }

    /// <summary>The metric that groups are ranked by.</summary>
    public ComparedMetric Metric { get; }

    /// <summary>The sweep that all runs belong to; null when they were chosen one by one.</summary>
    public SweepDetail? Sweep { get; }

    /// <summary>The data sets that the runs read; where there are several, no error is compared between them.</summary>
    internal IReadOnlyList<string> DataSets => data.Names;

    /// <summary>Best first, of several data sets one after the other; those without a completed run, and without a value, last.</summary>
    public IReadOnlyList<RunGroup> Groups { get; }

    /// <summary>The groups with a completed run; where there is none, all. What a pruned run had reached is not what its values lead to.</summary>
    internal IReadOnlyList<RunGroup> Finished => field ??= Groups.Any(group => group.IsCompleted) ? [.. Groups.Where(group => group.IsCompleted)] : Groups;

    /// <summary>The group that others are compared with; null when none is named.</summary>
    public RunGroup? Baseline { get; }

    /// <summary>Whether a better value means a better model: not where neither is better, nor for losses of different objectives, nor for values on different images.</summary>
    public bool IsRanked { get; }

    /// <summary>Varied keys that the labels of groups do not tell, since they would be too long.</summary>
    public IReadOnlyList<string> NamedKeys { get; }

    /// <summary>What groups differ in.</summary>
    public DifferingKeys Differing { get; }

    /// <summary>The columns of a table of what groups differ in, beside what their labels tell.</summary>
    public IReadOnlyList<DifferenceColumn> DifferenceColumns => field ??= DifferenceColumn.Of(Groups, Differing.Others);

    /// <summary>One sentence for each thing that the reader should know of the runs.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Unit of the metric; empty when the groups have several.</summary>
    public string Unit => Runs.Select(run => run.Unit(Metric.Key.Name)).Distinct().ToArray() is [var unit] ? unit : "";

    /// <summary>After which epoch values were measured, as the end of a sentence.</summary>
    public string When => !MayBeOfBestEpoch ? "after the last epoch"
        : Runs.All(run => run.KeepsBestEpoch) ? $"after the best epoch of each run ({string.Join(" or ", Runs.Select(run => run.Parameter("checkpoint.best")).Distinct().Select(metric => $"by {metric}"))})"
        : "after the last epoch of each run, or after the best where eval.weights says so";

    /// <summary>Whether the values of a run are those of its best epoch.</summary>
    internal bool MayBeOfBestEpoch => Runs.Any(run => run.KeepsBestEpoch);

    /// <summary>Runs are ranked by the weights that they are tested with: the last epoch may have others.</summary>
    static RunData AtTestedEpoch(RunData run) => !run.KeepsBestEpoch ? run
        : run with { ValuesOfEpoch = run.Detail.TestedEpoch ?? run.BestEpochAfterWarmUp };

    /// <summary>A configuration leaves out <c>eval.weights: last</c>, as those of before there was the key do; beside a run with other weights it is said.</summary>
    static IReadOnlyList<RunData> WithWeights(IReadOnlyList<RunData> runs) => runs.All(run => run.Parameter(Weights) is null) ? runs
        : [.. runs.Select(run => run.Parameter(Weights) is not null ? run
            : run with { Detail = run.Detail with { Parameters = [.. run.Detail.Parameters.Append(new(Weights, "last")).OrderBy(parameter => parameter.Key, StringComparer.Ordinal)] } })];

    /// <summary>Of which groups the best is meant: <c> of the completed</c> where others stand below them, which may have reached more; else empty.</summary>
    public string OfCompleted => Finished.Count < Groups.Count ? " of the completed" : "";

    /// <summary>The place of a group among those that are ranked, from 1, that of others which reach exactly the same; null for one without a value, and for one without a completed run beside others: its place would not tell how good it is.</summary>
    public int? RankOf(RunGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return Ranks.TryGetValue(group, out int rank) ? rank : null;
    }

    IReadOnlyDictionary<RunGroup, int> Ranks
    {
        get
        {
            if (field is not null) return field;
            Dictionary<RunGroup, int> ranks = [];
            (int rank, double mean) = (0, double.NaN);
            foreach ((int i, RunGroup group) in Finished.Index().Where(_ => IsRanked))
            {
                Sample sample = group.Sample(Metric.Key);
                if (sample.Count == 0) continue;
                if (sample.Mean != mean) (rank, mean) = (i + 1, sample.Mean);
                ranks.Add(group, rank);
            }

            return field = ranks;
        }
    }

    /// <summary>Groups that reach exactly the same as the first; 0 when groups are not ranked.</summary>
    public int OthersAsGood => Math.Max(0, Ranks.Values.Count(rank => rank == 1) - 1);

    /// <summary>The best run of the best group; null when groups are not ranked or no run has a value.</summary>
    public RunSummary? Best => IsRanked ? Groups[0].Best(Metric) : null;

    /// <summary>What it is the best of, to stand behind it: nothing where its group has no other run and no other group is as good.</summary>
    public string BestOf => Best is null ? "" : (Groups[0].Sample(Metric.Key).Count is > 1 and var count ? $", the best of the {count.ToString(CultureInfo.InvariantCulture)} {Groups[0].Repeats} of the best group" : "")
        + (OthersAsGood is > 0 and var others ? $"; {Counted.Of(others, "other group")} {(others == 1 ? "is" : "are")} as good" : "");

    /// <summary>The value by which that run is the best; null where there is none.</summary>
    public double? BestValue => Best is { } best ? Runs.First(run => run.Run.Id == best.Id).Finite(Metric.Key) : null;

    /// <summary>Reads and groups runs.</summary>
    /// <param name="queries">The results file; nothing else is read.</param>
    /// <param name="runIds">Full ids, at least one; each counts once.</param>
    /// <param name="options">How they are compared.</param>
    /// <exception cref="UnknownNameException">There is no such metric or key.</exception>
    public static ComparedRuns Read(RunQueries queries, IReadOnlyList<string> runIds, ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(runIds);
        ArgumentNullException.ThrowIfNull(options);
        return Of([.. runIds.Distinct().Select(id => RunData.Read(queries, id))], options);
    }

    /// <summary>Runs of the trials that differ from the baseline in the seed alone: its own may not be here yet.</summary>
    static string?[] RunsOfBaseline(SweepDetail sweep) => sweep.Trials.FirstOrDefault(trial => trial.Number == sweep.Outline.BaselineTrial) is { } baseline
        ? [.. sweep.Trials.Where(trial => trial.Setting == baseline.Setting).Select(trial => trial.RunId)]
        : [];

    internal static ComparedRuns Of(IReadOnlyList<RunData> runs, ComparisonOptions options)
    {
        if (runs.Count == 0) throw new ArgumentException("there is no run to compare", nameof(runs));
        runs = [.. WithWeights(runs).Select(AtTestedEpoch)];
        Objectives objectives = new(runs);
        string? ofSweep = options.Sweep?.Sweep.Metric is { } metric && (objectives.AreEqual || MetricKey.Parse(metric)?.Name != "loss") ? metric : null;
        return new ComparedRuns(runs, ComparedMetric.Parse(options.Metric ?? ofSweep ?? objectives.CanonicalMetric, runs[0].Definitions), options, RunGroups.Of(runs, options), objectives);
    }

    /// <summary>How much each varied key explains, and what is to be said of it.</summary>
    public ImportanceTable ImportanceTable => field ??= new(this);

    /// <summary>How the others differ from the baseline, as far as they were measured on the same images; empty without one.</summary>
    public IReadOnlyList<BaselineDifference> DifferencesToBaseline() =>
        Baseline is null ? [] : BaselineDifference.Of(Baseline, [.. Groups.Where(group => group != Baseline && IsComparable(Baseline, group))], Metric);

    /// <summary>How much of the difference between an AE and a VAE is noise of a sampled z, in plain text; null where they are not ranked by a reconstruction error.</summary>
    public string? SamplingNoise() => IsRanked ? Comparisons.SamplingNoise.Write(Groups, Metric, name => name, label => label) : null;

    /// <summary>What means are over: <c>seeds</c>, or <c>runs</c> where those of a group differ in more.</summary>
    internal string Repeats => Groups.Any(group => group.MixedKeys.Count > 0) ? "runs" : "seeds";

    /// <summary>Whether values of a split are taken on the same images in every run.</summary>
    internal bool AreOnTheSameImages(string split) => objectives.AreOnTheSameImages(split);

    /// <summary>The data set of a group, one for all of its runs.</summary>
    internal string DataSetOf(RunGroup group) => data.Of(group.Members[0]);

    bool IsComparable(RunGroup group, RunGroup other) => isOnTheSameImages || new Objectives([.. group.Members, .. other.Members]).AreOnTheSameImages(Metric.Key.Split);
}

using AeVae.Models;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Tracking;

namespace AeVae.Runner.Execution;

/// <summary>A run as it is stored.</summary>
/// <param name="Detail">All of it but the histories.</param>
/// <param name="Series">History of every metric.</param>
sealed record StoredRun(RunDetail Detail, IReadOnlyDictionary<MetricKey, IReadOnlyList<SeriesPoint>> Series)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="NoSuchRunException">There is none.</exception>
    public static StoredRun Read(RunQueries queries, string runId) => new(queries.Get(runId), queries.GetSeries(runId));

    /// <summary>Its id.</summary>
    public string Id => Detail.Run.Id;

    /// <summary>What an epoch left behind; null when it is not stored.</summary>
    public EpochSummary? Epoch(int number) => Detail.Epochs.FirstOrDefault(epoch => epoch.Epoch == number);

    /// <summary>A metric after every epoch that has it, in order.</summary>
    /// <param name="metric">As in an experiment: <c>val.loss</c>.</param>
    public IReadOnlyList<SeriesPoint> History(string metric)
    {
        (Split split, MetricDefinition definition) = MetricName.Parse(metric, "metric");
        return Series.GetValueOrDefault(new(SplitName.Of(split), definition.Name), []);
    }

    /// <summary>What was measured on a split after an epoch.</summary>
    public IReadOnlyList<MetricValue> Metrics(Split split, int epoch) =>
        [.. from series in Series
            where series.Key.Split == SplitName.Of(split)
            from point in series.Value
            where point.Epoch == epoch
            select new MetricValue(split, series.Key.Name, point.Value)];

    /// <summary>What was measured on the test images.</summary>
    public IReadOnlyList<MetricValue> TestMetrics => Detail.TestedEpoch is { } epoch ? Metrics(Split.Test, epoch) : [];

    /// <summary>A stored epoch as the trainer yielded it, for views and for the end of the run; without the digests of single tensors.</summary>
    public EpochResult? Result(int number, bool stopsEarly) => Epoch(number) is not { } stored ? null : new EpochResult
    {
        Epoch = number,
        Metrics = [.. Metrics(Split.Train, number), .. Metrics(Split.Validation, number)],
        ParametersSha256 = stored.ParametersSha256,
        OptimizerSha256 = stored.OptimizerSha256,
        OrderSha256 = stored.OrderSha256,
        Tensors = [],
        Seconds = stored.Seconds,
        ImagesPerSecond = stored.ImagesPerSecond,
        Warnings = [],
        StopsEarly = stopsEarly,
    };

    /// <summary>What to execute: the stored configuration, whatever its file says today.</summary>
    /// <exception cref="CommandException">This program does not understand it.</exception>
    public RunRequest Request(int threads, string[] commandLine) => new()
    {
        Spec = ResolvedConfig.OfRun(Detail),
        File = Detail.Experiment.File,
        YamlText = Detail.Experiment.YamlText,
        Threads = threads,
        CommandLine = commandLine,
    };
}

using System.Globalization;
using AeVae.Reports.Runs;
using AeVae.Tracking;

namespace AeVae.Reports.Exports;

/// <summary>Runs as three tables that share <c>run_id</c>: runs, their epochs, and what the metrics mean.</summary>
public static class RunTables
{
    static readonly (string Name, Func<RunDetail, object?> Value)[] RunColumns =
    [
        ("experiment", run => run.Run.Experiment),
        ("status", run => run.Run.Status.Word()),
        ("reason", run => run.Run.Reason),
        ("tainted_reason", run => run.Run.TaintedReason),
        ("verifies", run => run.Run.ParentRunId),
        ("verification", run => run.Run.Verification.ToString().ToLowerInvariant()),
        ("epochs_verified", run => run.Run.EpochsVerified),
        ("epochs_done", run => run.Run.EpochsDone),
        ("tested_epoch", run => run.TestedEpoch),
        ("epochs_planned", run => run.Run.EpochsPlanned),
        ("started_utc", run => Time(run.Run.StartedAt)),
        ("finished_utc", run => run.Run.FinishedAt is { } finished ? Time(finished) : null),
        ("parameter_count", run => run.ParameterCount),
        ("effective_beta", run => run.EffectiveBeta),
        ("reached_beta", run => run.ReachedBeta),
        ("numeric_contract", run => run.NumericContract),
        ("git_commit", run => run.Provenance?.GitCommit),
        ("cpu_model", run => run.Provenance?.CpuModel),
        ("simd_path", run => run.Provenance?.SimdPath),
        ("threads", run => run.Provenance?.Threads),
        ("tags", run => run.Run.Tags.Count == 0 ? null : string.Join(' ', run.Run.Tags)),
        ("note", run => run.Note),
    ];

    // Every row tells which run it is of.
    static readonly (string Name, Func<RunDetail, object?> Value)[] Identity =
    [
        ("run_id", run => run.Run.Id),
        ("name", run => run.Run.Name),
        ("variant", run => run.Run.Variant),
        ("seed", run => run.Run.Seed),
    ];

    /// <summary>Reads them: <c>runs</c> with the keys of the configuration and the last value of each metric, <c>epochs</c> with every value, <c>metrics</c> with their units; that of the loss follows from the run.</summary>
    public static IReadOnlyList<ExportTable> Read(RunQueries queries, IReadOnlyList<string> runIds)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(runIds);
        RunData[] runs = [.. runIds.Select(id => RunData.Read(queries, id))];
        MetricKey[] metrics = [.. runs.SelectMany(run => run.Detail.Metrics).Select(metric => metric.Key).Distinct()
            .OrderBy(metric => MetricKey.PlaceOf(metric.Split)).ThenBy(metric => metric.Name != "loss").ThenBy(metric => metric.Name, StringComparer.Ordinal)];
        return [Runs(runs, metrics), Epochs(runs, metrics), Metrics(queries, metrics)];
    }

    /// <summary>What is known of a run beside its configuration and its metrics: the columns of <c>runs</c> that have a value.</summary>
    internal static IEnumerable<(string Name, object Value)> Facts(RunDetail run) =>
        Identity.Concat(RunColumns).Select(column => (column.Name, column.Value(run)!)).Where(fact => fact.Item2 is not null);

    static ExportTable Runs(RunData[] runs, MetricKey[] metrics)
    {
        (string Name, Func<RunDetail, object?>)[] own = [.. Identity, .. RunColumns];
        string[] keys = [.. runs.SelectMany(run => run.Detail.Parameters).Select(parameter => parameter.Key).Distinct().Except(own.Select(column => column.Name)).Order(StringComparer.Ordinal)];
        // train.learning_rate is a key and a metric: here the key is meant, as in every list.
        MetricKey[] last = [.. metrics.Where(metric => !keys.Contains(metric.ToString()))];
        return Table("runs", own, [.. keys, "loss_unit", .. last.Select(metric => metric.ToString())], runs.Select(run =>
        {
            IReadOnlyDictionary<string, object> settings = TypedSettings.Of(run.Detail);
            return (run, (IEnumerable<object?>)
            [
                .. keys.Select(key => settings.GetValueOrDefault(key)),
                run.Unit("loss"),
                .. last.Select(metric => (object?)run.Detail.Metrics.FirstOrDefault(summary => summary.Key == metric)?.Last),
            ]);
        }));
    }

    static ExportTable Epochs(RunData[] runs, MetricKey[] metrics) =>
        Table("epochs", Identity, ["epoch", "seconds", "images_per_second", .. metrics.Select(metric => metric.ToString())],
            runs.SelectMany(run =>
            {
                Dictionary<int, double>?[] histories = [.. metrics.Select(metric => run.Series.Value.GetValueOrDefault(metric)?.ToDictionary(point => point.Epoch, point => point.Value))];
                return run.Detail.Epochs.Select(epoch => (run, (IEnumerable<object?>)
                [
                    epoch.Epoch, epoch.Seconds, epoch.ImagesPerSecond,
                    .. histories.Select(history => history is not null && history.TryGetValue(epoch.Epoch, out double value) ? value : (object?)null),
                ]));
            }));

    static ExportTable Metrics(RunQueries queries, MetricKey[] metrics) =>
        new("metrics", ["name", "unit", "reduction", "goal", "description"],
            [.. metrics.Select(metric => metric.Name).Distinct().Order(StringComparer.Ordinal).Select(name => queries.Definitions[name])
                .Select(metric => (IReadOnlyList<object?>)[metric.Name, metric.Unit, metric.Reduction, metric.Goal, metric.Description])]);

    static ExportTable Table(string name, (string Name, Func<RunDetail, object?> Value)[] own, string[] others, IEnumerable<(RunData Run, IEnumerable<object?> Cells)> rows) =>
        new(name, [.. own.Select(column => column.Name), .. others],
            [.. rows.Select(row => (IReadOnlyList<object?>)[.. own.Select(column => column.Value(row.Run.Detail)), .. row.Cells])]);

    static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}

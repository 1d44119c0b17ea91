using System.Globalization;
using AeVae.Reports.Runs;
using AeVae.Tracking;

namespace AeVae.Tests.Reports.Comparisons;

/// <summary>Runs for comparisons: <see cref="FakeRun"/>, with other names, seeds, settings and errors.</summary>
static class FakeRuns
{
    /// <summary>The same run with another seed, and so with another id; every metric is higher by an amount.</summary>
    public static RunData Seed(this RunData run, ulong seed, double above = 0) => run
        .Id($"261121-07130{seed}-{run.Run.Name[..2]}{seed:00}")
        .Set("seed", seed.ToString(CultureInfo.InvariantCulture))
        .Summary(summary => summary with { Seed = seed })
        .Above(above);

    /// <summary>The same run with another value of a key; null removes it.</summary>
    public static RunData Set(this RunData run, string key, string? value)
    {
        IEnumerable<KeyValuePair<string, string>> others = run.Detail.Parameters.Where(parameter => parameter.Key != key);
        return run with { Detail = run.Detail with { Parameters = [.. (value is null ? others : others.Append(new(key, value))).OrderBy(parameter => parameter.Key, StringComparer.Ordinal)] } };
    }

    public static RunData Named(this RunData run, string name) => run.Summary(summary => summary with { Name = name }).Id($"261121-071305-{name.PadRight(4, '0')[..4]}");

    public static RunData Id(this RunData run, string id) => run.Summary(summary => summary with { Id = id });

    public static RunData Summary(this RunData run, Func<RunSummary, RunSummary> change) => run with { Detail = run.Detail with { Run = change(run.Run) } };

    /// <summary>The same run, tested with the weights of an epoch that is the best by some metric.</summary>
    public static RunData Tested(this RunData run, int epoch, string by = "val.mse")
    {
        RunData best = run.Set("eval.weights", "best").Set("checkpoint.best", by);
        return best with { Detail = best.Detail with { Metrics = [.. best.Detail.Metrics.Select(metric => metric.Split == "test" ? metric with { LastEpoch = epoch } : metric)] } };
    }

    /// <summary>The same run, with a value that a metric of training had in the end.</summary>
    public static RunData Trained(this RunData run, string metric, double last) =>
        run with { Detail = run.Detail with { Metrics = [.. run.Detail.Metrics, new MetricSummary("train", metric, run.Run.EpochsDone, last, null, null, null, null)] } };

    static RunData Above(this RunData run, double amount) => run with
    {
        Series = new(run.Series.Value.ToDictionary(series => series.Key, IReadOnlyList<SeriesPoint> (series) => [.. series.Value.Select(point => point with { Value = point.Value + amount })])),
        Detail = run.Detail with { Metrics = [.. run.Detail.Metrics.Select(metric => metric with { Last = metric.Last + amount, Best = metric.Best + amount })] },
    };
}

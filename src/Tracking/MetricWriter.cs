using Microsoft.Data.Sqlite;

namespace AeVae.Tracking;

/// <summary>Writes measured values, and the summaries that follow from them; call it within a transaction.</summary>
sealed class MetricWriter(SqliteConnection connection, string runId)
{
    /// <exception cref="ArgumentException">The metric has no definition.</exception>
    public void Add(int epoch, MetricRecord metric)
    {
        string goal = connection.Scalar(Sql.Goal, ("$name", metric.Name)) as string
            ?? throw new ArgumentException($"metric '{metric.Name}' has no definition: call DefineMetrics first", nameof(metric));
        (object? value, string? kind) = StoredValues.FromDouble(metric.Value);
        connection.Execute(Sql.AddMetric, ("$run_id", runId), ("$epoch", epoch), ("$split", metric.Split), ("$name", metric.Name), ("$value", value), ("$kind", kind));
        Summarize(epoch, metric, goal);
    }

    /// <summary>Makes the summaries again from the values that are left, as if no others had ever been there.</summary>
    public void SummarizeAgain()
    {
        connection.Execute(Sql.CutSummaries, ("$run_id", runId));
        Dictionary<MetricKey, (string Goal, List<SeriesPoint> History)> left = [];
        connection.ForEach(Sql.MetricsInOrder, row =>
        {
            MetricKey key = new(row.GetString(1), row.GetString(2));
            if (!left.TryGetValue(key, out (string Goal, List<SeriesPoint> History) metric))
                left.Add(key, metric = (row.GetString(5), []));
            metric.History.Add(new SeriesPoint(row.GetInt32(0), StoredValues.ToDouble(row, 3)));
        }, ("$run_id", runId));
        foreach ((MetricKey key, (string goal, List<SeriesPoint> history)) in left)
        {
            var summary = MetricSummary.Of(key, history, goal);
            (object? last, string? kind) = StoredValues.FromDouble(summary.Last);
            connection.Execute(Sql.AddSummary, ("$run_id", runId), ("$split", key.Split), ("$name", key.Name), ("$last_epoch", summary.LastEpoch), ("$last_value", last), ("$last_kind", kind),
                ("$best_epoch", summary.BestEpoch), ("$best_value", summary.Best), ("$min_value", summary.Min), ("$max_value", summary.Max));
        }
    }

    void Summarize(int epoch, MetricRecord metric, string goal)
    {
        (object? value, string? kind) = StoredValues.FromDouble(metric.Value);
        double? finite = double.IsFinite(metric.Value) ? metric.Value : null;
        connection.Execute(Sql.Summarize, ("$run_id", runId), ("$epoch", epoch), ("$split", metric.Split), ("$name", metric.Name), ("$value", value), ("$kind", kind),
            ("$goal", goal), ("$finite", finite), ("$scored", goal == "none" ? null : finite));
    }
}

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
        var left = connection.Query(Sql.MetricsInOrder, row => (Epoch: row.GetInt32(0), Metric: new MetricRecord(row.GetString(1), row.GetString(2), StoredValues.ToDouble(row, 3)), Goal: row.GetString(5)), ("$run_id", runId));
        foreach ((int epoch, MetricRecord metric, string goal) in left)
            Summarize(epoch, metric, goal);
    }

    void Summarize(int epoch, MetricRecord metric, string goal)
    {
        (object? value, string? kind) = StoredValues.FromDouble(metric.Value);
        double? finite = double.IsFinite(metric.Value) ? metric.Value : null;
        connection.Execute(Sql.Summarize, ("$run_id", runId), ("$epoch", epoch), ("$split", metric.Split), ("$name", metric.Name), ("$value", value), ("$kind", kind),
            ("$goal", goal), ("$finite", finite), ("$scored", goal == "none" ? null : finite));
    }
}

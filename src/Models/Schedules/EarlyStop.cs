namespace AeVae.Models.Schedules;

/// <summary>Ends training when a metric has not improved for <see cref="EarlyStopOptions.Patience"/> evaluated epochs in a row.</summary>
sealed class EarlyStop
{
    readonly EarlyStopOptions options;
    readonly Split split;
    readonly MetricDefinition metric;

    /// <exception cref="SettingsException">The metric is unknown, has no better direction, or is not measured while training.</exception>
    public EarlyStop(EarlyStopOptions options, ModelOptions model, LossOptions loss)
    {
        this.options = options;
        (split, metric) = MetricName.Parse(options.Metric, "train.early_stop.metric");
        if (metric.Goal == MetricGoal.None)
            throw new SettingsException($"train.early_stop.metric: '{options.Metric}' is neither better high nor better low. Use for example val.loss.");
        if (!EpochMetrics.Names(split, model, loss).Contains(metric.Name))
            throw new SettingsException($"train.early_stop.metric: '{options.Metric}' is not measured after each epoch of this model. Measured on {(split == Split.Train ? "train" : "val")}: {string.Join(", ", EpochMetrics.Names(split, model, loss))}; test is measured once, at the end.");
    }

    /// <summary>Best value so far; null before the first.</summary>
    public double? Best { get; set; }

    /// <summary>Evaluated epochs since the best.</summary>
    public int Waited { get; set; }

    /// <summary>Training is over.</summary>
    public bool Fired => Waited >= options.Patience;

    /// <summary>Takes the metrics of an evaluated epoch.</summary>
    public void Observe(IReadOnlyList<MetricValue> metrics)
    {
        double value = metrics.First(m => m.Split == split && m.Name == metric.Name).Value;
        double toBeat = metric.Goal == MetricGoal.Lower ? Best - options.MinDelta ?? double.NaN : Best + options.MinDelta ?? double.NaN;
        if (metric.IsBetter(value, toBeat))
            (Best, Waited) = (value, 0);
        else
            Waited++;
    }
}

using AeVae.Models;
using AeVae.Runner.Specs;
using AeVae.Tracking;

namespace AeVae.Runner.Execution;

/// <summary>Follows which epoch of a run is the best by <c>checkpoint.best</c>: the first of those with the best value, after the warm-up of the KL weight.</summary>
sealed class BestEpoch
{
    readonly (Split Split, MetricDefinition Definition) watched;
    readonly LossOptions loss;
    double value = double.NaN;

    readonly bool keepsState;

    BestEpoch(string metric, ExperimentSpec spec, bool keepsState)
    {
        watched = MetricName.Parse(metric, "checkpoint.best");
        loss = spec.Loss;
        IsEvaluated = spec.Eval.Weights == EvaluatedWeights.Best;
        this.keepsState = keepsState || IsEvaluated;
    }

    /// <summary>Its number; 0 before the first.</summary>
    public int Number { get; private set; }

    /// <summary>Whether the test images are measured with its parameters.</summary>
    public bool IsEvaluated { get; }

    /// <summary>Its state, where it is kept; null before the first.</summary>
    public Checkpoint? State { get; set; }

    /// <summary>Begins before the first epoch; null for an experiment that asks for none.</summary>
    /// <param name="spec">The experiment.</param>
    /// <param name="keepsState">Its state is wanted, whether or not the test images are measured with it.</param>
    public static BestEpoch? Of(ExperimentSpec spec, bool keepsState = false) => spec.Checkpoint.Best is { } metric ? new(metric, spec, keepsState) : null;

    /// <summary>Found again among a run's stored epochs, without its state; null for an experiment that asks for none.</summary>
    /// <param name="spec">The experiment.</param>
    /// <param name="series">Metrics of every epoch.</param>
    /// <param name="lastEpoch">The last epoch that counts.</param>
    public static BestEpoch? Of(ExperimentSpec spec, IReadOnlyDictionary<MetricKey, IReadOnlyList<SeriesPoint>> series, int lastEpoch)
    {
        if (Of(spec) is not { } best)
            return null;
        foreach (SeriesPoint point in series.GetValueOrDefault(new(SplitName.Of(best.watched.Split), best.watched.Definition.Name), []).Where(point => point.Epoch <= lastEpoch))
            best.Observe(point.Epoch, point.Value);
        return best;
    }

    /// <summary>Takes the epoch that was just finished, and keeps its state if that is wanted; call it for each in order.</summary>
    /// <returns>Whether it is the best so far.</returns>
    public bool Observe(Trainer trainer, EpochResult result)
    {
        if (result.Metrics.Find(watched.Split, watched.Definition.Name) is not { } measured || !Observe(result.Epoch, measured))
            return false;
        if (keepsState)
            State = trainer.Capture();
        return true;
    }

    bool Observe(int epoch, double measured)
    {
        if (loss.IsWarmUp(epoch) || !watched.Definition.IsBetter(measured, value))
            return false;
        (Number, value) = (epoch, measured);
        return true;
    }
}

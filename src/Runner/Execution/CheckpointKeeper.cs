using AeVae.Models;

namespace AeVae.Runner.Execution;

/// <summary>Writes checkpoints as the experiment asks, and removes those beyond the number to keep.</summary>
sealed class CheckpointKeeper(CheckpointOptions options, RunFolder folder, string configSha256)
{
    readonly Queue<int> kept = new();
    readonly (Split Split, MetricDefinition Metric)? watched = options.Best is { } metric ? MetricName.Parse(metric, "checkpoint.best") : null;
    double bestValue = double.NaN;

    /// <summary>Newest epoch with a checkpoint; 0 before the first.</summary>
    public int LastEpoch { get; private set; }

    /// <summary>Call between two epochs.</summary>
    /// <param name="trainer">Where the state is.</param>
    /// <param name="result">The epoch just finished.</param>
    /// <param name="isLast">No epoch follows, so this one is kept in any case.</param>
    public void Keep(Trainer trainer, EpochResult result, bool isLast)
    {
        bool due = isLast || (options.Every > 0 && result.Epoch % options.Every == 0);
        bool best = IsBest(result);
        if (!due && !best)
            return;
        Checkpoint state = trainer.Capture();
        if (best)
            state.Save(folder.BestCheckpointPath, configSha256);
        if (due)
            Save(state);
    }

    void Save(Checkpoint state)
    {
        state.Save(folder.CheckpointPath(state.Epoch), configSha256);
        LastEpoch = state.Epoch;
        kept.Enqueue(state.Epoch);
        while (kept.Count > options.Keep)
            File.Delete(folder.CheckpointPath(kept.Dequeue()));
    }

    bool IsBest(EpochResult result)
    {
        if (watched is not var (split, definition))
            return false;
        foreach (MetricValue metric in result.Metrics)
        {
            if (metric.Split != split || metric.Name != definition.Name)
                continue;
            if (double.IsNaN(metric.Value) || (!double.IsNaN(bestValue) && (definition.Goal == MetricGoal.Higher ? metric.Value <= bestValue : metric.Value >= bestValue)))
                return false;
            bestValue = metric.Value;
            return true;
        }

        return false;
    }
}

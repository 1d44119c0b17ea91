using AeVae.Models;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Tracking;

namespace AeVae.Runner.Execution;

/// <summary>Finds the newest checkpoint that a stored run can go on from.</summary>
/// <param name="run">The run, as it is stored.</param>
/// <param name="spec">What it trains.</param>
/// <param name="folder">Where its checkpoints lie.</param>
sealed class CheckpointSearch(StoredRun run, ExperimentSpec spec, RunFolder folder)
{
    readonly List<string> rejected = [];

    /// <summary>What is wrong with those that were passed over, newest first, one sentence each.</summary>
    public IReadOnlyList<string> Rejected => rejected;

    /// <summary>The best epoch up to the one that was found; null where the experiment asks for none.</summary>
    public BestEpoch? Best { get; private set; } = BestEpoch.Of(spec);

    /// <summary>Puts the trainer into the state of the newest one that is whole and of this run.</summary>
    /// <returns>Its epoch; 0 when there is none, and the trainer stands at the beginning.</returns>
    /// <exception cref="CommandException">One cannot be read: it may be whole, so nothing older is taken, which would be trained again and remove it.</exception>
    public int Restore(Trainer trainer) => Find(trainer.Restore);

    /// <summary>The epoch of the newest one that is whole and of this run; 0 when there is none.</summary>
    /// <inheritdoc cref="Restore" path="/exception"/>
    public int Find() => Find(_ => { });

    int Find(Action<Checkpoint> use)
    {
        foreach (string path in folder.ReadCheckpoints())
        {
            try
            {
                if (Load(path) is not { } checkpoint)
                    continue;
                if (Difference(checkpoint) is { } difference)
                    throw new InvalidDataException($"{path} is not of this run: {difference}.");
                BestEpoch? best = BestUpTo(checkpoint);
                use(checkpoint);
                Best = best;
                return checkpoint.Epoch;
            }
            catch (InvalidDataException e)
            {
                rejected.Add(e.Message);
            }
        }

        return 0;
    }

    /// <summary>Reads a checkpoint; null when it is gone: another process trains the run, and keeps its newest ones only.</summary>
    Checkpoint? Load(string path)
    {
        try
        {
            return Checkpoint.Load(path);
        }
        catch (FileNotFoundException) when (!Directory.EnumerateFiles(folder.Path).Contains(path))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Storage, $"the checkpoint {path} cannot be read: {e.Message} Nothing was changed. Make it readable and resume again; without it, the run goes on from an older one.");
        }
    }

    /// <summary>The best epoch up to that of a checkpoint, with its state where the test images will be measured with it.</summary>
    /// <exception cref="InvalidDataException">That state is not there: the run would not end as one that was never interrupted.</exception>
    BestEpoch? BestUpTo(Checkpoint checkpoint)
    {
        BestEpoch? best = BestEpoch.Of(spec, run.Series, checkpoint.Epoch);
        if (best is not { IsEvaluated: true, Number: > 0 and var number })
            return best;
        Checkpoint? state = number == checkpoint.Epoch ? checkpoint : Load(folder.BestCheckpointPath);
        if (state?.Epoch != number || Difference(state) is not null)
            throw new InvalidDataException($"{folder.BestCheckpointPath} has not the state of epoch {number}, the best up to epoch {checkpoint.Epoch}, which the test images are to be measured with.");
        best.State = state;
        return best;
    }

    // The digests say it all: a state with those of the stored epoch is that state, wherever it comes from.
    string? Difference(Checkpoint checkpoint)
    {
        if (checkpoint.ConfigSha256 != run.Detail.Experiment.ConfigSha256)
            return $"its configuration has the SHA-256 {checkpoint.ConfigSha256}, that of the run {run.Detail.Experiment.ConfigSha256}";
        // Nobody would train an earlier one that is missing.
        if (Enumerable.Range(1, checkpoint.Epoch).Except(run.Detail.Epochs.Select(epoch => epoch.Epoch)).FirstOrDefault() is > 0 and int missing)
            return $"epoch {missing} is not stored";
        EpochSummary stored = run.Epoch(checkpoint.Epoch)!;
        if (checkpoint.ParametersSha256 != stored.ParametersSha256)
            return $"the parameters stored for epoch {checkpoint.Epoch} are others";
        return checkpoint.OptimizerSha256 != stored.OptimizerSha256 ? $"the state of the optimizer stored for epoch {checkpoint.Epoch} is another" : null;
    }
}

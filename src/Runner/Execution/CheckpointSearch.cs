using AeVae.Models;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Execution;

/// <summary>Finds the newest checkpoint that a stored run can go on from.</summary>
/// <param name="run">The run, as it is stored.</param>
/// <param name="folder">Where its checkpoints lie.</param>
sealed class CheckpointSearch(StoredRun run, RunFolder folder)
{
    readonly List<string> rejected = [];

    /// <summary>What is wrong with those that were passed over, newest first, one sentence each.</summary>
    public IReadOnlyList<string> Rejected => rejected;

    /// <summary>Puts the trainer into the state of the newest one that is whole and of this run.</summary>
    /// <returns>Its epoch; 0 when there is none, and the trainer stands at the beginning.</returns>
    /// <exception cref="CommandException">One cannot be read: it may be whole, so nothing older is taken, which would be trained again and remove it.</exception>
    public int Restore(Trainer trainer)
    {
        IEnumerable<(int Epoch, string Path)> kept = folder.CheckpointEpochs.Select(epoch => (epoch, folder.CheckpointPath(epoch)));
        IEnumerable<(int Epoch, string Path)> best = folder.ReadBestEpoch() is { } bestEpoch ? [(bestEpoch, folder.BestCheckpointPath)] : [];
        foreach (string path in kept.Concat(best).OrderByDescending(candidate => candidate.Epoch).Select(candidate => candidate.Path))
        {
            try
            {
                Checkpoint checkpoint = Checkpoint.Load(path);
                if (Difference(checkpoint) is { } difference)
                    throw new InvalidDataException($"{path} is not of this run: {difference}.");
                trainer.Restore(checkpoint);
                return checkpoint.Epoch;
            }
            catch (InvalidDataException e)
            {
                rejected.Add(e.Message);
            }
            catch (FileNotFoundException) when (!Directory.EnumerateFiles(folder.Path).Contains(path))
            {
                // Another process trains the run, and keeps its newest ones only.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CommandException(ExitCodes.Storage, $"the checkpoint {path} cannot be read: {e.Message} Nothing was changed. Make it readable and resume again; without it, the run goes on from an older one.");
            }
        }

        return 0;
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

using AeVae.Models;

namespace AeVae.Runner.Execution;

/// <summary>Writes checkpoints as the experiment asks while training goes on, and removes those that are no longer needed.</summary>
/// <param name="options">What the experiment asks.</param>
/// <param name="folder">Where they go.</param>
/// <param name="configSha256">Digest of the resolved configuration.</param>
/// <param name="warn">Told, on the caller's thread, that a checkpoint could not be written; training can go on.</param>
sealed class CheckpointKeeper(CheckpointOptions options, RunFolder folder, string configSha256, Action<int, string> warn) : IDisposable
{
    // Until the run is completed one more than the newest stays: should that be damaged, the run goes on from the other.
    const int FewestToGoOnFrom = 2;

    readonly List<int> kept = [];        // epochs, the oldest first
    Task? writing;                       // one at a time, so that states do not pile up in memory
    Checkpoint? unwrittenBest;           // not on the disk yet, which may have refused it
    int begunEpoch;
    bool isRemoving;
    bool isRefused, isStuck;             // what was said already

    /// <summary>Newest epoch with a checkpoint; 0 before the first. Call <see cref="Flush"/> before.</summary>
    public int LastEpoch { get; private set; }

    /// <summary>Epoch of the best checkpoint; 0 before the first. Call <see cref="Flush"/> before.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>Takes over the checkpoints of the folder, of a run that goes on.</summary>
    /// <param name="best">The best state so far, where the run cannot go on again without it: written if it is not there.</param>
    public void TakeOver(Checkpoint? best)
    {
        foreach (int epoch in folder.CheckpointEpochs)
        {
            kept.Add(epoch);
            LastEpoch = epoch;
        }

        BestEpoch = folder.ReadBestEpoch() ?? 0;
        if (best is null || best.Epoch == BestEpoch)
            return;
        unwrittenBest = best;
        Begin(best, isDue: false);
    }

    /// <summary>Call between two epochs, when the epoch is stored: returns at once, unless the checkpoint before is still being written.</summary>
    /// <param name="trainer">Where the state is.</param>
    /// <param name="epoch">The epoch just finished.</param>
    /// <param name="isBest">It is the best so far by <see cref="CheckpointOptions.Best"/>.</param>
    public void Keep(Trainer trainer, int epoch, bool isBest)
    {
        bool isDue = IsDue(trainer, epoch);
        if (isBest)
        {
            Flush();    // which may be writing the one before
            unwrittenBest = trainer.Capture();
        }

        if (isDue || isBest)
            Begin(trainer.Capture(), isDue);
    }

    /// <summary>Writes the checkpoint of the epoch that a run goes on from, if it is due and not there: the run may have been killed when only that of the best one was.</summary>
    /// <param name="trainer">Where the state is.</param>
    /// <param name="epoch">The epoch; 0 for the beginning.</param>
    public void KeepMissing(Trainer trainer, int epoch)
    {
        if (LastEpoch < epoch && IsDue(trainer, epoch))
            Begin(trainer.Capture(), isDue: true);
    }

    bool IsDue(Trainer trainer, int epoch) => trainer.IsTrained || (options.Every > 0 && epoch % options.Every == 0);

    /// <summary>Waits until what was begun is on the disk.</summary>
    public void Flush()
    {
        if (writing is not { } written)
            return;
        writing = null;
        try
        {
            written.GetAwaiter().GetResult();
            isRefused = isStuck = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Said once, until all succeeds again: a full disk would repeat it after every epoch.
            if (isRemoving && !isStuck)
                warn(begunEpoch, $"a checkpoint that is no longer needed could not be removed: {e.Message}");
            if (!isRemoving && !isRefused)
                warn(begunEpoch, $"the checkpoint was refused: {e.Message} Training goes on; resumed now, the run would go on from {(LastEpoch == 0 ? "its beginning" : $"epoch {LastEpoch}")}.");
            (isRefused, isStuck) = (!isRemoving, isRemoving);
        }
    }

    /// <summary>The run is completed: only as many stay as were asked for.</summary>
    public void Complete()
    {
        Begin(LastEpoch, () => Remove(options.Keep));
        Flush();
    }

    /// <summary>Waits for what is being written: whoever resumes the run next must not find two writers.</summary>
    public void Dispose() => Task.WaitAny([writing ?? Task.CompletedTask]);

    void Begin(Checkpoint state, bool isDue) => Begin(state.Epoch, () =>
    {
        // The best one first: a run goes on from the other, and must find the best one of the epochs up to it.
        if (unwrittenBest is { } best)
        {
            best.Save(folder.BestCheckpointPath, configSha256);
            BestEpoch = best.Epoch;
            unwrittenBest = null;
        }

        if (!isDue)
            return;
        state.Save(folder.CheckpointPath(state.Epoch), configSha256);
        kept.Add(state.Epoch);
        LastEpoch = state.Epoch;
        Remove(Math.Max(options.Keep, FewestToGoOnFrom));
    });

    void Begin(int epoch, Action work)
    {
        Flush();
        (begunEpoch, isRemoving) = (epoch, false);
        writing = Task.Run(work);
    }

    void Remove(int butTheNewest)
    {
        isRemoving = true;
        Exception? stuck = null;
        foreach (int epoch in kept.SkipLast(butTheNewest).ToArray())
        {
            try
            {
                File.Delete(folder.CheckpointPath(epoch));
                kept.Remove(epoch);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                stuck = e;      // the others go all the same, and this one is tried again
            }
        }

        if (stuck is not null)
            throw stuck;
    }
}

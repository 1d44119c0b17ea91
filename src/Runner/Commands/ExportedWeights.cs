using System.Globalization;
using AeVae.Models;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>The weights of trained networks as safetensors files: parameters under PyTorch's names and shapes, without what the optimiser keeps.</summary>
static class ExportedWeights
{
    const int Attempts = 3;

    /// <summary>Writes those of the newest checkpoint of each run, and those of its best epoch where it kept them.</summary>
    /// <exception cref="CommandException">A run has no checkpoint: nothing is written. Or it has none that is whole and of this run.</exception>
    public static IReadOnlyList<string> Write(Globals globals, RunQueries queries, IReadOnlyList<string> runIds, string folder)
    {
        foreach (string id in runIds)
            RefuseMissing(globals, queries.Get(id).Run);
        return [.. runIds.SelectMany(id => Write(globals, queries, id, folder))];
    }

    static void RefuseMissing(Globals globals, RunSummary run)
    {
        RunFolder files = new(globals.DatabasePath, run.Id);
        if (files.CheckpointEpochs.Count == 0 && !File.Exists(files.BestCheckpointPath))
        {
            throw new CommandException(ExitCodes.Storage, $"run {run.Id} has no checkpoint in {PathText.Of(files.Path)}, so its weights are not here. "
                + (run.EpochsDone == 0 ? "It has trained no epoch yet." : "They lay beside the results file in which it was trained; bring that folder here, or train the same experiment again, which gives the same weights."));
        }
    }

    static IEnumerable<string> Write(Globals globals, RunQueries queries, string runId, string folder)
    {
        RunFolder files = new(globals.DatabasePath, runId);
        List<string> rejected = [];
        (Checkpoint newest, RunDetail run) = Newest(files, queries, runId, rejected);
        yield return Save(newest, run, folder, "");
        if (File.Exists(files.BestCheckpointPath) && Load(files.BestCheckpointPath, () => run, rejected) is { } best)
            yield return Save(best, run, folder, "-best");
        foreach (string defect in rejected.Distinct())
            globals.Note($"{defect} It is left out.");
    }

    // While the run is trained, its newest checkpoint may go before it is read: then there is another one.
    static (Checkpoint, RunDetail) Newest(RunFolder files, RunQueries queries, string runId, List<string> rejected)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            IEnumerable<string> kept = files.CheckpointEpochs.Reverse().Select(files.CheckpointPath);
            foreach (string path in kept.Append(files.BestCheckpointPath).Where(File.Exists))
            {
                RunDetail? run = null;
                if (Load(path, () => run = queries.Get(runId), rejected) is { } checkpoint)
                    return (checkpoint, run!);
            }
        }

        throw new CommandException(ExitCodes.Storage, string.Join('\n', rejected.Distinct().DefaultIfEmpty($"run {runId} has no checkpoint any more.")));
    }

    /// <summary>Reads a checkpoint; null when it is gone, or is not whole or not of the run, which is then said in <paramref name="rejected"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="stored">What is stored of the run, asked after the file was read: an epoch is stored before its checkpoint is written.</param>
    /// <param name="rejected">Gets a sentence.</param>
    static Checkpoint? Load(string path, Func<RunDetail> stored, List<string> rejected)
    {
        try
        {
            Checkpoint checkpoint = Checkpoint.Load(path);
            RunDetail run = stored();
            if (run.Epochs.Any(epoch => epoch.Epoch == checkpoint.Epoch && epoch.ParametersSha256 == checkpoint.ParametersSha256))
                return checkpoint;
            rejected.Add($"{path} is not of run {run.Run.Id}: no epoch with its parameters is stored.");
        }
        catch (InvalidDataException e)
        {
            rejected.Add(e.Message);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Whoever trains the run keeps its newest checkpoints only.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Storage, $"the checkpoint {path} cannot be read: {e.Message}");
        }

        return null;
    }

    static string Save(Checkpoint checkpoint, RunDetail run, string folder, string ending)
    {
        string path = Path.Combine(folder, $"{OutputFolder.Named(run.Run)}{ending}.safetensors");
        checkpoint.SaveParameters(path, new Dictionary<string, string>
        {
            ["format"] = "pt",   // some readers of PyTorch refuse files without it
            ["run_id"] = run.Run.Id,
            ["epoch"] = checkpoint.Epoch.ToString(CultureInfo.InvariantCulture),
            ["parameters_sha256"] = checkpoint.ParametersSha256,
            ["config"] = run.Experiment.ConfigJson,
        });
        return path;
    }
}

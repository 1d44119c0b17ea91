using System.Globalization;
using AeVae.Models;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Tracking;

namespace AeVae.Runner.Exporting;

/// <summary>Trained networks, without what the optimiser keeps.</summary>
static class ExportedCheckpoints
{
    const int Attempts = 3;

    /// <summary>Writes the newest checkpoint of each run, and that of its best epoch where it kept it.</summary>
    /// <param name="globals">Where checkpoints are.</param>
    /// <param name="queries">The results file.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="beginning">How the paths of a run's files begin.</param>
    /// <param name="save">Writes a checkpoint of a run to files whose paths begin as given.</param>
    /// <returns>The files.</returns>
    /// <exception cref="CommandException">A run has no checkpoint: nothing is written. Or it has none that is whole and of this run.</exception>
    public static IReadOnlyList<string> Write(Globals globals, RunQueries queries, IReadOnlyList<RunSummary> runs, Func<RunSummary, string> beginning, Func<Checkpoint, RunDetail, string, IEnumerable<string>> save)
    {
        foreach (RunSummary run in runs)
            RefuseMissing(globals, run);
        return [.. runs.SelectMany(run => Write(globals, queries, run.Id, beginning(run), save))];
    }

    /// <summary>Writes a safetensors file: parameters under PyTorch's names and shapes.</summary>
    public static IEnumerable<string> SaveSafeTensors(Checkpoint checkpoint, RunDetail run, string beginning)
    {
        string path = $"{beginning}.safetensors";
        checkpoint.SaveParameters(path, new Dictionary<string, string>(Origin(checkpoint, run)) { ["format"] = "pt" });   // some readers of PyTorch refuse files without it
        return [path];
    }

    /// <summary>Writes two files that ONNX Runtime executes: the encoder and the decoder.</summary>
    public static IEnumerable<string> SaveOnnx(Checkpoint checkpoint, RunDetail run, string beginning)
    {
        OnnxNetwork network = new(ResolvedConfig.OfRun(run).Model, checkpoint.ParameterTensors, Origin(checkpoint, run));
        return
        [
            WholeFile.Write($"{beginning}-encoder.onnx", file => file.Write(network.Encoder())),
            WholeFile.Write($"{beginning}-decoder.onnx", file => file.Write(network.Decoder())),
        ];
    }

    static Dictionary<string, string> Origin(Checkpoint checkpoint, RunDetail run) => new()
    {
        ["run_id"] = run.Run.Id,
        ["epoch"] = checkpoint.Epoch.ToString(CultureInfo.InvariantCulture),
        ["parameters_sha256"] = checkpoint.ParametersSha256,
        ["config"] = run.Experiment.ConfigJson,
    };

    static void RefuseMissing(Globals globals, RunSummary run)
    {
        RunFolder files = new(globals.DatabasePath, run.Id);
        if (files.CheckpointEpochs.Count == 0 && !File.Exists(files.BestCheckpointPath))
        {
            throw new CommandException(ExitCodes.Storage, $"run {run.Id} has no checkpoint in {PathText.Of(files.Path)}, so its weights are not here. "
                + (run.EpochsDone == 0 ? "It has trained no epoch yet." : Remedy(globals, run)));
        }

        RefuseEarlier(globals, run, Math.Max(files.CheckpointEpochs is [.., var newest] ? newest : 0, files.ReadBestEpoch() ?? 0), []);
    }

    /// <summary>Weights of an earlier epoch are not those of a completed run.</summary>
    static void RefuseEarlier(Globals globals, RunSummary run, int epoch, IEnumerable<string> rejected)
    {
        if (run.Status == RunStatus.Completed && epoch < run.EpochsDone)
            throw new CommandException(ExitCodes.Storage, string.Join('\n', rejected.Distinct().Append($"run {run.Id} was trained for {Counted.Of(run.EpochsDone, "epoch")}, and the newest of its checkpoints in {PathText.Of(new RunFolder(globals.DatabasePath, run.Id).Path)} is of epoch {epoch}. {Remedy(globals, run)}")));
    }

    static string Remedy(Globals globals, RunSummary run) =>
        $"Have the same weights trained again, with {globals.Command($"restore {run.ParentRunId ?? run.Id}")}, or bring the folder here from beside the results file in which it was trained.";

    static List<string> Write(Globals globals, RunQueries queries, string runId, string beginning, Func<Checkpoint, RunDetail, string, IEnumerable<string>> save)
    {
        RunFolder files = new(globals.DatabasePath, runId);
        List<string> rejected = [];
        (Checkpoint newest, RunDetail run) = Newest(files, queries, runId, rejected);
        RefuseEarlier(globals, run.Run, newest.Epoch, rejected);
        List<string> written = [.. save(newest, run, beginning)];
        if (File.Exists(files.BestCheckpointPath) && Load(files.BestCheckpointPath, () => run = queries.Get(runId), rejected) is { } best)
        {
            written.AddRange(save(best, run, $"{beginning}-best"));
            if (run.TestedEpoch == best.Epoch && newest.Epoch != best.Epoch)
                globals.Note($"run {runId}: its test images were measured with the weights of epoch {best.Epoch}, those whose files end in -best");
        }

        foreach (string defect in rejected.Distinct())
            globals.Note($"{defect} It is left out.");
        return written;
    }

    // While the run is trained, its newest checkpoint may go before it is read: then there is another one.
    static (Checkpoint, RunDetail) Newest(RunFolder files, RunQueries queries, string runId, List<string> rejected)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            foreach (string path in files.ReadCheckpoints())
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
}

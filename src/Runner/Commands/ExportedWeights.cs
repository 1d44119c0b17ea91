using System.Globalization;
using AeVae.Models;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>The weights of trained networks as safetensors files: parameters under PyTorch's names and shapes, without what the optimiser keeps.</summary>
static class ExportedWeights
{
    /// <summary>Writes those after the last epoch of each run, and those of its best epoch where it kept them.</summary>
    /// <exception cref="CommandException">A run has no checkpoint, or one that is not what was stored of it; nothing is written.</exception>
    public static IEnumerable<string> Write(Globals globals, RunQueries queries, IReadOnlyList<string> runIds, string folder)
    {
        (string Path, Checkpoint Checkpoint, RunDetail Run)[] found = [.. runIds.SelectMany(id => Find(globals, queries.Get(id)))];
        foreach ((string name, Checkpoint checkpoint, RunDetail run) in found)
            checkpoint.SaveParameters(Path.Combine(folder, name), Metadata(checkpoint, run));
        return found.Select(file => Path.Combine(folder, file.Path));
    }

    static IEnumerable<(string, Checkpoint, RunDetail)> Find(Globals globals, RunDetail run)
    {
        RunFolder files = new(globals.DatabasePath, run.Run.Id);
        if (files.CheckpointEpochs is not [.., var newest])
        {
            throw new CommandException(ExitCodes.Storage, $"run {run.Run.Id} has no checkpoint in {PathText.Of(files.Path)}, so its weights are not here. "
                + $"They lie beside the results file in which it was trained, and training the same experiment again gives the same ones: {globals.Command($"run {run.Experiment.File}")}");
        }

        string name = OutputFolder.Named(run.Run);
        yield return ($"{name}.safetensors", Load(files.CheckpointPath(newest), run), run);
        if (File.Exists(files.BestCheckpointPath))
            yield return ($"{name}-best.safetensors", Load(files.BestCheckpointPath, run), run);
    }

    static Checkpoint Load(string path, RunDetail run)
    {
        try
        {
            Checkpoint checkpoint = Checkpoint.Load(path);
            return run.Epochs.Any(epoch => epoch.Epoch == checkpoint.Epoch && epoch.ParametersSha256 == checkpoint.ParametersSha256) ? checkpoint
                : throw new InvalidDataException($"{path} is not of run {run.Run.Id}: no epoch {checkpoint.Epoch} with these parameters is stored.");
        }
        catch (InvalidDataException e)
        {
            throw new CommandException(ExitCodes.Storage, $"{e.Message} Nothing was written.");
        }
    }

    static Dictionary<string, string> Metadata(Checkpoint checkpoint, RunDetail run) => new()
    {
        ["format"] = "pt",   // some readers of PyTorch refuse files without it
        ["run_id"] = run.Run.Id,
        ["epoch"] = checkpoint.Epoch.ToString(CultureInfo.InvariantCulture),
        ["parameters_sha256"] = checkpoint.ParametersSha256,
        ["config"] = run.Experiment.ConfigJson,
    };
}

using System.CommandLine;
using AeVae.Models;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner restore RUN…</c>: trains stored runs again and writes their checkpoints, once everything has come out as it is stored.</summary>
static class RestoreCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string[]> selectors = new("RUN") { Description = RunArgument.SeveralDescription, Arity = ArgumentArity.OneOrMore };
        Option<int> threads = CommandOptions.Threads();
        Command command = new("restore", "Bring back the checkpoints of runs whose files are not here: train them again, compare every bit as verify does, and write them") { selectors, threads };
        command.SetAction(parsed => Restore(globals.Read(parsed), parsed.GetRequiredValue(selectors), parsed.GetValue(threads), ProgramName.CommandLine(parsed)));
        return command;
    }

    static int Restore(Globals globals, string[] selectors, int threads, string[] commandLine)
    {
        List<RunDetail> missing = [];
        using (RunQueries queries = DatabaseFile.Open(globals))
        {
            foreach (string id in RunArgument.ResolveAll(globals, queries, selectors, "is restored").Ids)
            {
                StoredRun run = StoredRun.Read(queries, id);
                if (run.Detail.Run.Status == RunStatus.Running)
                    throw new CommandException(ExitCodes.UserError, $"run {id} is being trained by {run.Detail.Worker}, which writes its checkpoints itself.");
                if (HasCheckpoints(globals, run))
                    globals.Note($"run {id} has its {(run.Detail.Run.Status == RunStatus.Completed ? "weights" : "newest checkpoint")}: {PathText.Of(new RunFolder(globals.DatabasePath, id).CheckpointPath(run.Detail.Run.EpochsDone))}");
                else
                    missing.Add(run.Detail);
            }
        }

        VerificationSession session = new(globals, epochs: null, threads, commandLine, restores: true);
        return missing.Count switch
        {
            0 => ExitCodes.Ok,
            1 => session.Verify(missing[0]),
            _ => session.VerifyAll([.. missing.Select(run => run.Run.Id)]),
        };
    }

    /// <summary>Whether the checkpoint of the last epoch is there, and that of the best one where the run keeps it.</summary>
    static bool HasCheckpoints(Globals globals, StoredRun run)
    {
        RunFolder folder = new(globals.DatabasePath, run.Id);
        int last = run.Detail.Run.EpochsDone;
        try
        {
            return IsThere(folder.CheckpointPath(last), last)
                && (BestEpoch.Of(ResolvedConfig.FromJson(run.Detail.Experiment.ConfigJson), run.Series, last) is not { Number: > 0 and var best } || IsThere(folder.BestCheckpointPath, best));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or FormatException)
        {
            return false;   // what is wrong is said when it is executed or written
        }

        bool IsThere(string path, int epoch) =>
            File.Exists(path) && Checkpoint.Load(path) is { } checkpoint && checkpoint.Epoch == epoch && checkpoint.ParametersSha256 == run.Epoch(epoch)?.ParametersSha256;
    }
}

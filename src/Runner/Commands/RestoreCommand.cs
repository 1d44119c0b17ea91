using System.CommandLine;
using System.Text.Json.Nodes;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Verifying;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner restore RUN…</c>: trains stored runs again, and writes the checkpoints of those whose every epoch comes out as it is stored.</summary>
static class RestoreCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string[]> selectors = new("RUN") { Description = RunArgument.SeveralDescription, Arity = ArgumentArity.OneOrMore };
        Option<int> threads = CommandOptions.Threads();
        Command command = new("restore", "Bring back the weights of runs whose checkpoints are not here: train them again, compare them as verify does, and write the checkpoints when every epoch is equal") { selectors, threads };
        command.SetAction(parsed => Restore(globals.Read(parsed), parsed.GetRequiredValue(selectors), parsed.GetValue(threads), ProgramName.CommandLine(parsed)));
        return command;
    }

    static int Restore(Globals globals, string[] selectors, int threads, string[] commandLine)
    {
        List<RunDetail> wanted = [];
        bool isRefused = false;
        using (RunQueries queries = DatabaseFile.Open(globals))
        {
            IReadOnlyList<string> ids = RunArgument.ResolveAll(globals, queries, selectors, "is restored").Ids;
            foreach (StoredRun run in ids.Select(id => StoredRun.Read(queries, id)))
            {
                if (WhyNot(run) is { } refusal)
                {
                    Tell(globals, run, ids.Count > 1 ? refusal : throw new CommandException(ExitCodes.UserError, refusal));
                    isRefused = true;
                }
                else if (Present(globals, run) is { } present)
                    Tell(globals, run, present);
                else
                {
                    RequireFolder(new RunFolder(globals.DatabasePath, run.Id));
                    wanted.Add(run.Detail);
                }
            }
        }

        VerificationSession session = new(globals, epochs: null, threads, commandLine, restores: true);
        int exitCode = wanted.Count switch
        {
            0 => ExitCodes.Ok,
            1 => session.Verify(wanted[0]),
            _ => session.VerifyAll([.. wanted.Select(run => run.Run)]),
        };
        return exitCode == ExitCodes.Ok && isRefused ? ExitCodes.UserError : exitCode;
    }

    static string? WhyNot(StoredRun run) => run.Detail switch
    {
        { ParentRunId: { } verified } => $"run {run.Id} verifies run {verified} and has no checkpoints of its own. Restore {verified} instead.",
        { Run.Status: RunStatus.Running } => $"run {run.Id} is being trained by {run.Detail.Worker}, which writes its checkpoints itself.",
        _ => null,
    };

    /// <summary>What is there already: of a completed run its weights, of another a checkpoint to go on from; null when it is not, or the run cannot be executed again, which is said when it is tried.</summary>
    static string? Present(Globals globals, StoredRun run)
    {
        RunFolder folder = new(globals.DatabasePath, run.Id);
        if (folder.ReadCheckpoints().Count == 0 || VerificationPlan.WhyNot(run.Detail) is not null)
            return null;
        CheckpointSearch search = new(run, VerificationPlan.Of(run.Detail, epochs: null).Spec, folder);
        int found = search.Find();
        if (run.Detail.Run.Status != RunStatus.Completed)
            return found > 0 ? $"run {run.Id} has a checkpoint of epoch {found} to go on from: {globals.Command($"resume {run.Id}")}" : null;
        bool hasBest = search.Best is not { Number: > 0 and var best } || folder.ReadBestEpoch() == best;
        return found == run.Detail.Run.EpochsDone && hasBest ? $"run {run.Id} has its weights: {PathText.Of(folder.CheckpointPath(found))}" : null;
    }

    static void RequireFolder(RunFolder folder)
    {
        try
        {
            folder.RequireWritable();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Storage, $"no checkpoint can be written to {PathText.Of(folder.Path)}, so nothing was trained: {e.Message}");
        }
    }

    static void Tell(Globals globals, StoredRun run, string why)
    {
        if (globals.Json)
            globals.Output.WriteLine(new JsonObject { ["event"] = "not_restored", ["run_id"] = run.Id, ["name"] = run.Detail.Run.Name, ["reason"] = why }.ToJsonString());
        else
            globals.Note(why);
    }
}

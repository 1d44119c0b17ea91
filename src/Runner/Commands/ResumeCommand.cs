using System.CommandLine;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner resume RUN</c>: goes on with a run that was interrupted, pruned, crashed or failed, unless it would fail there again.</summary>
static class ResumeCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string> selector = new("RUN") { Description = RunArgument.Description };
        Option<int> threads = CommandOptions.Threads();
        Option<bool> noReport = CommandOptions.NoReport();
        Command command = new("resume", "Go on with a run that stopped, from its last checkpoint, to the same bits") { selector, threads, noReport };
        command.SetAction(parsed => Resume(
            globals.Read(parsed),
            parsed.GetRequiredValue(selector),
            parsed.GetValue(threads),
            ProgramName.CommandLine(parsed),
            !parsed.GetValue(noReport)));
        return command;
    }

    static int Resume(Globals globals, string selector, int threads, string[] commandLine, bool writesReport)
    {
        string runId;
        using (RunQueries queries = DatabaseFile.Open(globals))
        {
            runId = RunArgument.Resolve(queries, selector);
            StoredRun run = StoredRun.Read(queries, runId);
            EditedFile.Note(globals, queries, selector, SelectedRuns.One(runId), run.Detail.Run.Status == RunStatus.Completed ? "was trained" : "is trained to its end");
            if (run.Detail.Run.Status == RunStatus.Completed)
            {
                CompletedRun.Write(globals, run, writesReport);
                return ExitCodes.Ok;
            }
        }

        using RunSession session = new(globals, writesReport);
        return session.Resume(runId, threads, commandLine);
    }
}

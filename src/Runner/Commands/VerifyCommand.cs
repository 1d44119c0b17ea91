using System.CommandLine;
using System.CommandLine.Parsing;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner verify RUN…</c>: executes stored runs again and compares every bit.</summary>
static class VerifyCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string[]> selectors = new("RUN") { Description = RunArgument.SeveralDescription, Arity = ArgumentArity.ZeroOrMore };
        Option<int?> epochs = CommandOptions.FromOne(new Option<int?>("--epochs") { Description = "Compare the first N epochs only; schedules still see all [default: all epochs, the test metrics and artifacts]", HelpName = "N" });
        Option<int> threads = CommandOptions.Threads();
        Option<bool> all = new("--all") { Description = "Verify every completed run of the database, newest first, a line each" };
        Command command = new("verify", "Execute stored runs again and compare every epoch bit for bit") { selectors, epochs, threads, all };
        command.Validators.Add(result => RequireRuns(result, selectors, all));
        command.SetAction(parsed =>
        {
            Globals resolved = globals.Read(parsed);
            string[] commandLine = ProgramName.CommandLine(parsed);
            VerificationSession session = new(resolved, parsed.GetValue(epochs), parsed.GetValue(threads), commandLine);
            return parsed.GetValue(all) ? session.VerifyAll(Completed(resolved)) : Named(session, parsed.GetRequiredValue(selectors), resolved);
        });
        return command;
    }

    static int Named(VerificationSession session, string[] selectors, Globals globals)
    {
        SelectedRuns selected;
        RunDetail? one;
        IReadOnlyList<RunSummary> runs;
        using (RunQueries queries = DatabaseFile.Open(globals))
        {
            selected = RunArgument.ResolveAll(globals, queries, selectors, "is verified");
            one = selected.IsOne ? queries.Get(selected.Ids[0]) : null;
            Dictionary<string, int> order = selected.Ids.Index().ToDictionary(id => id.Item, id => id.Index);
            runs = [.. queries.List(new RunFilter { Limit = null, RunIds = selected.Ids, Verifications = true }).OrderBy(run => order[run.Id])];
        }

        if (selected.Sweep?.Trials.Count(trial => trial.RunId is null) is > 0 and var waiting)
            globals.Note($"{Counted.Of(waiting, "trial")} of sweep {selected.Sweep.Sweep.Id} {(waiting == 1 ? "has" : "have")} no run yet");
        return one is not null ? session.Verify(one) : session.VerifyAll(runs);
    }

    static IReadOnlyList<RunSummary> Completed(Globals globals)
    {
        using RunQueries queries = DatabaseFile.Open(globals);
        IReadOnlyList<RunSummary> completed = queries.List(new RunFilter { Limit = null, Status = RunStatus.Completed });
        return completed.Count > 0 ? completed : throw new CommandException(ExitCodes.NoSuchRun, $"no run in {globals.DatabasePath} is completed.");
    }

    static void RequireRuns(CommandResult result, Argument<string[]> selectors, Option<bool> all)
    {
        bool everyRun = result.GetValue(all), named = result.GetResult(selectors) is { Tokens.Count: > 0 };
        if (everyRun == named)
            result.AddError(everyRun ? "verify takes RUN or --all, not both." : "verify needs RUN, or --all for every completed run.");
    }
}

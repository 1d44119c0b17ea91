using System.CommandLine;
using System.CommandLine.Parsing;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner verify RUN</c>: executes a stored run again and compares every bit.</summary>
static class VerifyCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string?> selector = new("RUN") { Description = RunArgument.Description, Arity = ArgumentArity.ZeroOrOne };
        Option<int?> epochs = new("--epochs") { Description = "Compare the first N epochs only; schedules still see all [default: all epochs, the test metrics and artifacts]", HelpName = "N" };
        epochs.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out int value) && value < 1)
                result.AddError($"--epochs is {token.Value}, but must be 1 or more.");
        });
        Option<int> threads = ThreadsOption.Create();
        Option<bool> all = new("--all") { Description = "Verify every completed run of the database, newest first, a line each" };
        Command command = new("verify", "Execute a stored run again and compare every epoch bit for bit") { selector, epochs, threads, all };
        command.Validators.Add(result => RequireOne(result, selector, all));
        command.SetAction(parsed =>
        {
            Globals resolved = globals.Read(parsed);
            string[] commandLine = ProgramName.CommandLine(parsed);
            VerificationSession session = new(resolved, parsed.GetValue(epochs), parsed.GetValue(threads), commandLine);
            return parsed.GetValue(selector) is { } run ? One(session, run, resolved) : session.VerifyAll(Completed(resolved));
        });
        return command;
    }

    static int One(VerificationSession session, string selector, Globals globals)
    {
        RunDetail run;
        using (RunQueries queries = DatabaseFile.Open(globals))
            run = queries.Get(RunArgument.Resolve(queries, selector));
        EditedFile.Note(globals, selector, run, "is verified");
        return session.Verify(run);
    }

    static IReadOnlyList<string> Completed(Globals globals)
    {
        using RunQueries queries = DatabaseFile.Open(globals);
        return [.. queries.List(new RunFilter { Limit = null, Status = RunStatus.Completed }).Select(run => run.Id)];
    }

    static void RequireOne(CommandResult result, Argument<string?> selector, Option<bool> all)
    {
        bool everyRun = result.GetValue(all), oneRun = result.GetResult(selector) is { Tokens.Count: > 0 };
        if (everyRun == oneRun)
            result.AddError(everyRun ? "verify takes RUN or --all, not both." : "verify needs RUN, or --all for every completed run.");
    }
}

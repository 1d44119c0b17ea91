using System.CommandLine;
using AeVae.Runner.Views;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner show RUN</c>: everything about one run.</summary>
static class ShowCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string> selector = new("RUN") { Description = RunSelector.Description };
        Command command = new("show", "Show everything about one run") { selector };
        command.SetAction(parsed => Show(globals.Read(parsed), parsed.GetRequiredValue(selector)));
        return command;
    }

    static int Show(Globals globals, string selector)
    {
        using RunQueries queries = DatabaseFile.Open(globals);
        RunDetail run = queries.Get(RunSelector.Resolve(queries, selector));
        if (globals.Json)
            RunJson.WriteRun(globals.Output, run);
        else
            new RunPage(globals).Write(run, queries.Definitions);
        return ExitCodes.Ok;
    }
}

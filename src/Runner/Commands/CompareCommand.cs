using System.CommandLine;
using AeVae.Reports;
using AeVae.Reports.Comparisons;
using AeVae.Runner.Invocation;
using AeVae.Runner.Views;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner compare RUN…</c>: which of several runs is the best, by how much, and what they differ in.</summary>
static class CompareCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string[]> selectors = new("RUN") { Description = RunArgument.SeveralDescription, Arity = ArgumentArity.OneOrMore };
        ComparisonChoice choice = new();
        Command command = new("compare", "Compare runs: mean, spread and 95 % interval over seeds, and what they differ in") { selectors };
        choice.AddTo(command);
        command.SetAction(parsed => Compare(globals.Read(parsed), parsed.GetRequiredValue(selectors), choice.Text(parsed), (queries, selected) => choice.Read(parsed, queries, selected)));
        return command;
    }

    static int Compare(Globals globals, string[] selectors, string chosen, Func<RunQueries, SelectedRuns, ComparisonOptions> options)
    {
        using RunQueries queries = DatabaseFile.Open(globals);
        SelectedRuns selected = RunArgument.ResolveAll(globals, queries, selectors, "is compared");
        RunArgument.NoteNamesakes(globals, queries, selectors);
        if (selected.Ids is [var only])
            throw new CommandException(ExitCodes.UserError, $"{string.Join(' ', selectors)} is one run, {only}, but a comparison needs two or more. Name others beside it ({globals.Command("list")} shows them), or look at it alone: {globals.Command($"show {only}")}");
        ComparedRuns compared = ComparedRuns.Read(queries, selected.Ids, options(queries, selected));
        if (globals.Json)
            CommandJson.Write(globals.Output, CompareJson.Of(compared));
        else
            new ComparePage(globals, string.Join(' ', selectors.Select(ShellWord.Quote)) + chosen).Write(compared);
        return ExitCodes.Ok;
    }
}

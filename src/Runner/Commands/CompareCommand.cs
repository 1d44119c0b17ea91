using System.CommandLine;
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
        Option<string?> metric = new("--metric") { Description = "Rank by this metric: val.mse, test.knn_accuracy [default: that of the sweep, or val.loss where all minimise the same]", HelpName = "METRIC" };
        Option<string?> groupBy = new("--group-by") { Description = "Put runs with the same values of these keys together, separated by commas: model.latent_dim [default: runs that differ in the seed alone]", HelpName = "KEYS" };
        Option<string?> baseline = new("--baseline") { Description = "Set the others against the group of this run, with a paired t-test over seeds", HelpName = "RUN" };
        Command command = new("compare", "Compare runs: mean, spread and 95 % interval over seeds, and what they differ in") { selectors, metric, groupBy, baseline };
        command.SetAction(parsed => Compare(
            globals.Read(parsed),
            parsed.GetRequiredValue(selectors),
            new ComparisonOptions { Metric = parsed.GetValue(metric), GroupBy = parsed.GetValue(groupBy)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() ?? [] },
            parsed.GetValue(baseline)));
        return command;
    }

    static int Compare(Globals globals, string[] selectors, ComparisonOptions options, string? baseline)
    {
        using RunQueries queries = DatabaseFile.Open(globals);
        SelectedRuns selected = RunArgument.ResolveAll(globals, queries, selectors, "is compared");
        if (selected.Ids is [var only])
            throw new CommandException(ExitCodes.UserError, $"{string.Join(' ', selectors)} is one run, {only}, but a comparison needs two or more. Name others beside it ({globals.Command("list")} shows them), or look at it alone: {globals.Command($"show {only}")}");
        options = options with { Sweep = selected.Sweep, BaselineRunId = baseline is null ? null : BaselineIn(queries, baseline, selected) };
        ComparedRuns compared;
        try
        {
            compared = ComparedRuns.Read(queries, selected.Ids, options);
        }
        catch (UnknownNameException unknownMetricOrKey)
        {
            throw new CommandException(ExitCodes.UserError, unknownMetricOrKey.Message);
        }

        if (globals.Json)
            RunJson.Write(globals.Output, CompareJson.Of(compared));
        else
            new ComparePage(globals, selectors).Write(compared);
        return ExitCodes.Ok;
    }

    static string BaselineIn(RunQueries queries, string selector, SelectedRuns selected)
    {
        IReadOnlyList<string> baseline = RunArgument.ResolveAll(queries, [selector]).Ids;
        return baseline.FirstOrDefault(selected.Ids.Contains)
            ?? throw new CommandException(ExitCodes.UserError, $"--baseline {selector} means {string.Join(", ", baseline.Take(3))}, which is not among the runs that are compared. Name it among them, too.");
    }
}

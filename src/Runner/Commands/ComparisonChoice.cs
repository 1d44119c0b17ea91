using System.CommandLine;
using AeVae.Reports;
using AeVae.Reports.Comparisons;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>How several runs are to be compared: options that <c>compare</c> and <c>report</c> have alike.</summary>
sealed class ComparisonChoice
{
    readonly Option<string?> metric = CommandOptions.NotEmpty(new("--metric") { Description = "Rank by this metric: val.mse, test.knn_accuracy [default: that of the sweep, or val.loss where all minimise the same]", HelpName = "METRIC" });
    readonly Option<string?> groupBy = CommandOptions.NotEmpty(new("--group-by") { Description = "Put runs with the same values of these keys together, separated by commas: model.latent_dim [default: runs that differ in the seed alone]", HelpName = "KEYS" });
    readonly Option<string?> baseline = CommandOptions.NotEmpty(new("--baseline") { Description = "Set the others against this group, with a paired t-test over seeds: one of its runs, or its label in the comparison", HelpName = "RUN" });

    /// <summary>Gives a command the options.</summary>
    public void AddTo(Command command)
    {
        command.Add(metric);
        command.Add(groupBy);
        command.Add(baseline);
    }

    /// <summary>What was chosen, as it can be typed again after the runs: <c> --metric val.mse</c>; empty where nothing was.</summary>
    public string Text(ParseResult parsed) => string.Concat(new[] { metric, groupBy, baseline }.Where(option => parsed.GetValue(option) is not null).Select(option => $" {option.Name} {ShellWord.Quote(parsed.GetValue(option)!)}"));

    /// <summary>What was chosen for some runs.</summary>
    /// <exception cref="CommandException">The baseline is not among them.</exception>
    public ComparisonOptions Read(ParseResult parsed, RunQueries queries, SelectedRuns selected)
    {
        ComparisonOptions options = new()
        {
            Metric = parsed.GetValue(metric),
            GroupBy = parsed.GetValue(groupBy)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() ?? [],
            Sweep = selected.Sweep,
        };
        return parsed.GetValue(baseline) is { } named ? options with { BaselineRunId = Among(selected, options, named, queries) } : options;
    }

    static string Among(SelectedRuns selected, ComparisonOptions options, string named, RunQueries queries)
    {
        string refusal;
        int exitCode;
        try
        {
            IReadOnlyList<string> baseline = RunArgument.ResolveAll(queries, [named]).Ids;
            if (baseline.FirstOrDefault(selected.Ids.Contains) is { } run)
                return run;
            (exitCode, refusal) = (ExitCodes.UserError, $"--baseline {named} means {string.Join(", ", baseline.Take(3))}, which is not among the runs that are compared. Name it among them, too, or name a group by its label");
        }
        catch (NoSuchRunException e)
        {
            (exitCode, refusal) = (ExitCodes.NoSuchRun, $"{e.Message} Nor has a group this label");
        }

        IReadOnlyList<RunGroup> groups = ComparedRuns.Read(queries, selected.Ids, options).Groups;
        return groups.FirstOrDefault(group => group.Label == named || group.Label.Replace('–', '-') == named)?.Runs[0].Id
            ?? throw new CommandException(exitCode, $"{refusal}: {string.Join(", ", groups.Select(group => $"'{group.Label}'"))}.");
    }
}

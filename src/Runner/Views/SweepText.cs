using System.Globalization;
using AeVae.Reports;
using AeVae.Runner.Invocation;
using AeVae.Runner.Sweeps;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Views;

/// <summary>What standard output says of a sweep: its id first, what came out and what to type next, its id last.</summary>
static class SweepText
{
    const int LabelWidth = 11;

    /// <summary>The lines before the first trial.</summary>
    public static void WriteStart(TextWriter output, SweepStart start)
    {
        SweepSummary sweep = start.Sweep.Sweep;
        output.WriteLine($"sweep {sweep.Id} {(start.IsResumed ? "goes on" : "started")}");
        WriteLine(output, "experiment", $"{sweep.Name}, {sweep.File}");
        WriteLine(output, "trials", $"{Numbers.Count(sweep.Trials)}: {Differences(start.Sweep)}");
        if (start.IsResumed)
            WriteLine(output, "", $"{Numbers.Count(start.ToDo.Count)} of them to do");
        WriteLine(output, "machine", $"{Numbers.Count(start.Parallel)} at once, {Counted.Of(start.Threads, "thread")}");
    }

    /// <summary>The lines after the last one.</summary>
    public static void WriteEnd(Globals globals, SweepEnd end)
    {
        TextWriter output = globals.Output;
        (SweepSummary sweep, IReadOnlyList<FrozenTrial> trials) = (end.Sweep.Sweep, end.Sweep.Trials);
        if (!end.WasInterrupted && end.StoppedAfter is { } failed)
            WriteLine(output, "stopped", $"{Counted.Of(failed, "trial")} failed, and sweep.max_failed is {end.Sweep.Outline.MaxFailed}");
        if (end.Best is { } best)
            WriteLine(output, "best", $"trial {best.Trial.Number}, {Trial(best.Trial)}: {sweep.Metric} {Numbers.Metric(best.Value)}");
        foreach (ClaimVerdict claim in end.Sweep.Claims)
        {
            WriteLine(output, "claim", $"{claim.Outcome.Words()}: {claim.Text}");
            WriteLine(output, "", claim.Evidence);
        }

        if (end.Report is { } report)
        {
            WriteLine(output, "report", $"{report.ReportPath} ({report.Figures} figures)");
            foreach (string note in report.Notes)
                WriteLine(output, "", note);
        }

        string label = "next";
        foreach (string command in Next(end))
        {
            WriteLine(output, label, globals.Command(command));
            label = "";
        }

        output.WriteLine($"sweep {sweep.Id} {(end.WasInterrupted ? "interrupted" : "ended")} after {Durations.Format(end.Elapsed)}{Unjudged(end)}: {Counts(trials.Select(trial => trial.Status))}");
    }

    /// <summary>How a trial differs from the others: <c>vae, loss.kl_weight 0.5, seed 1</c>.</summary>
    public static string Trial(FrozenTrial trial)
    {
        IEnumerable<string> parts = trial.Parameters.Select(parameter => $"{parameter.Key} {parameter.Value}");
        if (trial.Variant is { } variant)
            parts = parts.Prepend(variant);
        return string.Join(", ", parts.Append(string.Create(CultureInfo.InvariantCulture, $"seed {trial.Seed}")));
    }

    /// <summary>How many trials there are of each status: <c>10 completed, 2 pruned</c>.</summary>
    public static string Counts(IEnumerable<RunStatus> trials) =>
        string.Join(", ", trials.CountBy(status => status).OrderByDescending(count => count.Value).ThenBy(count => count.Key)
            .Select(count => $"{Numbers.Count(count.Value)} {(count.Key == RunStatus.Queued ? "not begun" : count.Key.Word())}"));

    static string Differences(SweepDetail sweep)
    {
        SweepOutline outline = sweep.Outline;
        List<string> parts = [];
        if (outline.Variants.Count > 0)
            parts.Add($"{Counted.Of(outline.Variants.Count, "variant")} ({string.Join(", ", outline.Variants)})");
        if (outline.Parameters.Count > 0)
            parts.Add($"{sweep.Sweep.Method} of {string.Join(", ", outline.Parameters)}");
        string seeds = outline.Seeds.Count == 1 ? $"seed {outline.Seeds[0]}" : $"{outline.Seeds.Count} seeds ({string.Join(", ", outline.Seeds)})";
        bool haveAllSeeds = sweep.Trials.CountBy(trial => trial.Name).All(setting => setting.Value == outline.Seeds.Count);    // else variants have their own
        return parts.Count == 0 ? seeds : string.Join(" × ", parts) + (haveAllSeeds ? " × " : ", ") + seeds;
    }

    static bool IsLeft(SweepEnd end) => end.Sweep.Trials.Any(trial => trial.Status is RunStatus.Queued or RunStatus.Interrupted or RunStatus.Crashed);

    // Nobody would look for what is missing of a sweep whose trials are all done.
    static string Unjudged(SweepEnd end) => !end.WasInterrupted || IsLeft(end) ? "" : $", {(end.Sweep.Outline.Claims.Count > 0 ? "its claims not judged and " : "")}its report not written";

    static IEnumerable<string> Next(SweepEnd end)
    {
        string id = end.Sweep.Sweep.Id;
        if (end.WasInterrupted || IsLeft(end))
            yield return $"sweep --resume {id}";
        if (end.Sweep.Trials.Any(trial => trial.Status == RunStatus.Running))
            yield return $"sweep status {id}";
        if (end.Sweep.Trials.FirstOrDefault(trial => trial is { Status: RunStatus.Failed, RunId: not null }) is { } failed)
            yield return $"show {failed.RunId}";
        if (end.Sweep.Trials.All(trial => trial.Status != RunStatus.Completed))
            yield break;
        yield return $"compare sweep:{id}";
        yield return $"report sweep:{id}";
        if (end.Best is { } best)
            yield return $"show {best.RunId}";
    }

    static void WriteLine(TextWriter output, string label, string text) => output.WriteLine($"{label,-LabelWidth}{text}");
}

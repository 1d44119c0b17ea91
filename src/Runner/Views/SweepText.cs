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
    /// <summary>The lines before the first trial.</summary>
    public static void WriteStart(TextWriter output, SweepStart start)
    {
        (SweepSummary sweep, LabelledLines lines) = (start.Sweep.Sweep, new(output));
        output.WriteLine($"sweep {sweep.Id} {(start.IsResumed ? "goes on" : "started")}");
        lines.Write("experiment", $"{sweep.Name}, {sweep.File}");
        lines.Write("trials", $"{Numbers.Count(sweep.Trials)}: {Differences(start.Sweep)}");
        if (start.IsResumed)
            lines.Write("", $"{Numbers.Count(start.ToDo.Count)} of them to do");
        lines.Write("machine", $"{Numbers.Count(start.Parallel)} at once, {Counted.Of(start.Threads, "thread")}");
    }

    /// <summary>The lines after the last one.</summary>
    public static void WriteEnd(Globals globals, SweepEnd end)
    {
        (SweepSummary sweep, LabelledLines lines) = (end.Sweep.Sweep, new(globals.Output));
        if (!end.WasInterrupted && end.StoppedAfter is { } failed)
            lines.Write("stopped", $"{Counted.Of(failed, "trial")} failed, and sweep.max_failed is {end.Sweep.Outline.MaxFailed}");
        if (end.Best is { } best)
            lines.Write("best", $"trial {best.Trial.Number}, {Trial(best.Trial)}: {sweep.Metric} {Numbers.Metric(best.Value)}{best.Of}");
        foreach (ClaimVerdict claim in end.Sweep.Claims)
            lines.Write("claim", $"{claim.Outcome.Words()}: {claim.Text}", claim.Evidence);
        if (end.Report is { } report)
            lines.Write("report", [$"{report.ReportPath} ({report.Figures} figures)", .. report.Notes]);
        lines.Write("next", Next(end).Select(globals.Command));
        globals.Output.WriteLine($"sweep {sweep.Id} {(end.WasInterrupted ? "interrupted" : "ended")} after {Durations.Format(end.Elapsed)}{Unjudged(end)}: {Counts(end.Sweep.Trials.Select(trial => trial.Status))}");
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
}

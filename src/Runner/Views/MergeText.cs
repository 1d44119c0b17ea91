using System.Text.Json.Nodes;
using AeVae.Reports;
using AeVae.Runner.Invocation;
using AeVae.Tracking;
using AeVae.Tracking.Merging;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Views;

/// <summary>What <c>merge</c> says.</summary>
static class MergeText
{
    /// <summary>A line for each file.</summary>
    public static void Write(Globals globals, string other, MergeResult result)
    {
        (MergedIds runs, MergedIds sweeps) = (result.Runs, result.Sweeps);
        if (globals.Json)
        {
            globals.Output.WriteLine(new JsonObject
            {
                ["file"] = other,
                ["added"] = new JsonArray([.. runs.Added]),
                ["updated"] = new JsonArray([.. runs.Updated]),
                ["unchanged"] = runs.Unchanged.Count,
                ["verdicts"] = result.Verdicts,
                ["sweeps"] = new JsonArray([.. sweeps.Added]),
                ["sweeps_updated"] = new JsonArray([.. sweeps.Updated]),
            }.ToJsonString());
        }
        else if (!globals.Quiet)
        {
            globals.Output.WriteLine($"{PathText.Of(Path.GetFullPath(other))}: {Counted.Of(runs.Added.Count, "run")} added, "
                + $"{Numbers.Count(runs.Updated.Count)} brought up to date, {Numbers.Count(runs.Unchanged.Count)} known"
                + (result.Verdicts > 0 ? $"; {Counted.Of(result.Verdicts, "verdict")} of verifications of known runs" : ""));
        }
    }

    /// <summary>Where the sweeps stand now, and what to type next.</summary>
    public static void WriteEnd(Globals globals, IReadOnlyList<SweepDetail> sweeps)
    {
        if (globals.Quiet || globals.Json)
            return;
        foreach (SweepDetail sweep in sweeps)
        {
            globals.Output.WriteLine($"sweep {sweep.Sweep.Id}: {sweep.Sweep.Name}, {SweepText.Counts(sweep.Trials.Select(trial => trial.Status))}{(sweep.Claims.Count < sweep.Outline.Claims.Count ? "; its claims are judged when all trials have ended" : "")}");
            foreach (ClaimVerdict claim in sweep.Claims)
                globals.Output.WriteLine($"  {claim.Outcome.Words()}: {claim.Text}");
        }

        string next = sweeps is [.., var last] ? $"{(last.HasEnded ? "report sweep:" : "sweep status ")}{last.Sweep.Id}" : "list";
        globals.Error.WriteLine($"next: {globals.Command(next)}");
    }
}

using AeVae.Reports.Runs;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Reports.Claims;

/// <summary>Verdicts on all claims of a sweep.</summary>
public static class SweepClaims
{
    /// <summary>Judges each claim of the sweep's file by its completed runs, seed by seed.</summary>
    /// <param name="queries">The results file; nothing else is read.</param>
    /// <param name="sweep">The sweep, as it stands now.</param>
    /// <returns>In the file's order; the same runs give the same verdicts, word for word.</returns>
    public static IReadOnlyList<ClaimVerdict> Judge(RunQueries queries, SweepDetail sweep)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(sweep);
        ILookup<(string?, ulong), FrozenTrial> trials = sweep.Trials.ToLookup(trial => (trial.Variant, trial.Seed));
        Dictionary<(string, ulong), VariantRun> read = [];
        return [.. sweep.Outline.Claims.Select(claim => ClaimJudge.Judge(claim, sweep.Outline.Seeds, Run, sweep.Sweep.CreatedAt))];

        VariantRun Run(string variant, ulong seed)
        {
            if (!read.TryGetValue((variant, seed), out VariantRun? run))
                read[(variant, seed)] = run = Read(queries, [.. trials[(variant, seed)]]);
            return run;
        }
    }

    /// <summary>A sweep whose claims, where it has verdicts, are judged by what is stored of its runs now: a verdict may be older than they are, or edited.</summary>
    public static SweepDetail? Judged(RunQueries queries, SweepDetail? sweep) => sweep is { Claims.Count: > 0 } ? sweep with { Claims = Judge(queries, sweep) } : sweep;

    static VariantRun Read(RunQueries queries, FrozenTrial[] trials) => trials switch
    {
        [{ Status: RunStatus.Completed, RunId: { } id }] => new(RunData.Read(queries, id)),
        [var trial] => new(null, trial.Status switch
        {
            RunStatus.Queued => "has not begun",
            RunStatus.Running => "is still running",
            RunStatus.Pruned or RunStatus.Interrupted => $"was {trial.Status.Word()}",
            _ => $"has {trial.Status.Word()}",
        }),
        [] => new(null, "is no variant of the sweep") { HasTrial = false },
        _ => new(null, $"has {trials.Length} trials where a claim needs one"),
    };
}

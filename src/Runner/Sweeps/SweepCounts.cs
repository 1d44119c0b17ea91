using AeVae.Tracking;

namespace AeVae.Runner.Sweeps;

/// <summary>How many trials a plan has, and of what.</summary>
/// <param name="Trials">All of them.</param>
/// <param name="Variants">Variants; 0 when the file has none.</param>
/// <param name="Groups">Trials that differ in more than their seed.</param>
/// <param name="Seeds">Seeds of each.</param>
sealed record SweepCounts(int Trials, int Variants, int Groups, int Seeds)
{
    /// <summary>Counts the trials of a plan.</summary>
    public static SweepCounts Of(SweepPlan plan)
    {
        int groups = plan.Trials.Select(trial => trial.Name).Distinct().Count();
        return new(plan.Trials.Count, plan.Outline.Variants.Count, groups, plan.Trials.Count / groups);
    }

    /// <summary><c>24 trials: 2 variants, 8 settings with 3 seeds each</c>.</summary>
    public override string ToString()
    {
        List<string> parts = [];
        if (Variants > 0)
            parts.Add(Counted.Of(Variants, "variant"));
        if (Groups > Math.Max(1, Variants) || Variants == 0)
            parts.Add(Counted.Of(Groups, "setting"));
        parts[^1] += $" with {Counted.Of(Seeds, "seed")}{(Groups > 1 ? " each" : "")}";
        return $"{Counted.Of(Trials, "trial")}: {string.Join(", ", parts)}";
    }
}

using AeVae.Reports;
using AeVae.Runner.Specs;
using AeVae.Runner.Sweeps;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Views;

/// <summary>How the trials of a file differ from those that were frozen.</summary>
static class SweepChangeText
{
    /// <summary><c>has 2 more (lr 1e-2, seed 0; …) and lacks 1 of its trials (…)</c>; null where they are the same.</summary>
    public static string? Of(SweepChange change)
    {
        (IReadOnlyList<FrozenTrial> added, IReadOnlyList<FrozenTrial> removed) = (change.Added, change.Removed);
        string[] counts = [.. new[] { Count(added, "has", "more"), Count(removed, "lacks", "of its trials") }.OfType<string>()];
        return counts.Length == 0 ? null : string.Join(" and ", counts) + Elsewhere(added, removed);
    }

    static string? Count(IReadOnlyList<FrozenTrial> trials, string verb, string what) =>
        trials.Count == 0 ? null : $"{verb} {Numbers.Count(trials.Count)} {what} ({string.Join("; ", trials.Take(2).Select(SweepText.Trial))}{(trials.Count > 2 ? "; …" : "")})";

    // Where what is swept is the same, the trials alone do not tell what was changed.
    static string? Elsewhere(IReadOnlyList<FrozenTrial> added, IReadOnlyList<FrozenTrial> removed)
    {
        if (removed.Join(added, SweepText.Trial, SweepText.Trial, (frozen, now) => (frozen, now)).Take(1).ToArray() is not [var (frozen, now)])
            return null;
        Dictionary<string, string> before = new(ResolvedConfig.Flatten(frozen.ConfigJson));
        return $": {string.Join(", ", ResolvedConfig.Flatten(now.ConfigJson).Where(key => before.GetValueOrDefault(key.Key) != key.Value).Take(3).Select(key => $"{key.Key} is {key.Value} and was {before.GetValueOrDefault(key.Key) ?? "not there"}"))}";
    }
}

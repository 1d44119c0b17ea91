using System.Globalization;
using AeVae.Reports.Runs;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Reports.Comparisons;

/// <summary>What a reader must know before comparing numbers of several runs.</summary>
static class ComparisonNotes
{
    const int MostNamed = 6;

    // As AeVae.Models, which is not referenced here, begins them; a test compares the two.
    internal const string CollapseBegins = "Posterior collapse: ", RecoveryBegins = "The posterior is no longer collapsed: ";

    public static IEnumerable<string> Of(RunGroups groups, ComparedMetric metric, Objectives objectives, ComparisonOptions options)
    {
        RunData[] runs = [.. groups.All.SelectMany(group => group.Members)];
        bool isChosen = options.Metric is not null || metric.Key.ToString() == options.Sweep?.Sweep.Metric;
        bool isOnTheSameImages = objectives.AreOnTheSameImages(metric.Key.Split);
        if (objectives.Data.Names.Count > 1)
            yield return $"The runs are of different data sets ({string.Join("; ", objectives.Data.Names)}): their errors are not comparable, so that no group is called best and nothing is ranked or concluded across data sets.";
        else if (objectives.ValidationImages.Count > 1)
            yield return $"The runs were validated on different images: {string.Join("; ", objectives.ValidationImages)}. {(metric.Key.Split == "validation" ? $"So {metric.Key} is not comparable between them." : !isChosen && isOnTheSameImages ? $"So they are ranked by {metric.Key}." : "So their validation errors are not comparable.")}";
        if (!objectives.AreEqual && metric.Key.Name == "loss")
            yield return $"The runs minimise different objectives, so a lower loss does not mean a better model{(isOnTheSameImages ? "; bce and mse mean the same in every run" : "")}.";
        else if (!objectives.AreEqual && !isChosen)
            yield return $"The runs minimise different objectives, so {(isOnTheSameImages ? $"they are ranked by {metric.Key}, which means the same in all of them, and not by their losses" : $"{metric.Key} is told and not their losses")}.";
        RunData[] ofBest = [.. runs.Where(run => run.KeepsBestEpoch)];
        if (ofBest.Length > 0)
            yield return $"eval.weights is best{(ofBest.Length == runs.Length ? ": all" : $" in {ofBest.Length} of {runs.Length} runs: their")} values are those of the epoch that is the best by {string.Join(" or ", ofBest.Select(run => run.Parameter("checkpoint.best") + run.Detail.AfterWarmUp).Distinct())}, whose weights the test images are measured with{(ofBest.Length == runs.Length ? "" : "; those of the others are of the last epoch")}. Curves, and last(m) of val and train in claims, go to the last epoch.";
        int chosenByTest = runs.Count(run => run.Parameter("data.validation") == "test");
        if (chosenByTest > 0)
            yield return $"{(chosenByTest == runs.Length ? "The runs validate" : $"{chosenByTest} of {Counted.Of(runs.Length, "run")} {(chosenByTest == 1 ? "validates" : "validate")}")} on the test images, so what is best there was chosen with them.";
        if (groups.LabelsAre.Count > 0)
            yield return $"Groups are called by their values of {string.Join(", ", groups.LabelsAre)}, in this order.";
        if (metric.Key.Name == "elbo" && groups.All.Select(group => group.Members[0].Detail.ReachedBeta).Distinct().ToArray() is { Length: > 1 } betas && betas.Contains(1))
            yield return "Only groups with an effective β of 1 minimise −elbo itself, so that it would be no surprise if one of them is the best by it: what another β changes is told by bce and kl.";
        (RunGroup Group, int Warned)[] collapsed = [.. groups.All.Select(group => (group, group.Counted.Count(WarnsOfCollapse))).Where(group => group.Item2 > 0)];
        if (collapsed.Length > 0)
            yield return $"Posterior collapse was warned of in {(collapsed.Length > MostNamed ? $"{collapsed.Length} of {groups.All.Count} groups, the first of them " : "")}{string.Join(", ", collapsed.Take(MostNamed).Select(group => $"{group.Group.Label} ({group.Warned} of {Counted.Of(group.Group.Counted.Count, "run")})"))}: there the decoder ignores the code. The report of each run tells what to try.";
        RunData[] mismatches = [.. runs.Where(run => run.Run.Verification == Verdict.Mismatch)];
        if (mismatches.Length > 0)
            yield return $"{Counted.Of(mismatches.Length, "run")} {(mismatches.Length == 1 ? "is" : "are")} not what executing it again gives, so that its numbers are not to be trusted: {Ids(mismatches)}. `runner show` tells what differs.";
        ulong[][] seeds = [.. groups.All.Where(group => group.Counted.Count > 0).Select(group => group.Counted.Select(run => run.Run.Seed).ToArray())];
        if (seeds.Length > 1 && !seeds.Skip(1).Aggregate(seeds[0].AsEnumerable(), (common, of) => common.Intersect(of)).Any())
            yield return "The groups have no seed in common, so that another order of images and other first weights are part of what they differ in.";
        RunGroup[] mixed = [.. groups.All.Where(group => group.MixedKeys.Count > 0)];
        if (mixed.Length > 0)
            yield return $"{(mixed.Length == groups.All.Count ? "All groups hold" : $"{mixed.Length} of {groups.All.Count} groups {(mixed.Length == 1 ? "holds" : "hold")}")} runs that differ in more than the seed ({Named([.. mixed.SelectMany(group => group.MixedKeys).Distinct()])}): there mean, ± and interval are over other settings, too, and tell nothing of how a repeat would come out.";
        if (groups.Repeated.Count > 0)
            yield return $"{Counted.Of(groups.Repeated.Count, "run")} {(groups.Repeated.Count == 1 ? "is" : "are")} equal to another one, seed included, and not counted: {Ids(groups.Repeated)}.";

        foreach (IGrouping<RunStatus, RunData> of in runs.Where(run => run.Run.Status != RunStatus.Completed).GroupBy(run => run.Run.Status).OrderBy(status => status.Key))
            yield return $"{Counted.Of(of.Count(), "run")} {Became(of.Key, of.Count())}: {Ids([.. of])}{(of.Key == RunStatus.Failed ? Because([.. of]) : "")}.";
        if (options.Sweep is { Outline.Added.Count: > 0 } sweep)
            yield return OfAddedTrials(sweep);
        if (options.Sweep?.Trials.Count(trial => trial.RunId is null) is > 0 and int waiting)
            yield return $"{Counted.Of(waiting, "trial")} of the sweep {(waiting == 1 ? "has" : "have")} not begun.";
        RunData[] without = [.. groups.All.SelectMany(group => group.Counted).Where(run => run.Finite(metric.Key) is null)];
        if (without.Length > 0)
            yield return $"{Counted.Of(without.Length, "run")} {(without.Length == 1 ? "has" : "have")} no finite {metric.Key}: {Ids(without)}.";
        (RunData Run, string[] Metrics)[] partly = [.. groups.All.SelectMany(group => group.Counted)
            .Select(run => (run, run.Detail.Metrics.Where(found => found.Key != metric.Key && !double.IsFinite(found.Last)).Select(found => found.Key.ToString()).ToArray()))
            .Where(run => run.Item2.Length > 0)];
        if (partly.Length > 0)
            yield return $"{Counted.Of(partly.Length, "run")} {(partly.Length == 1 ? "has" : "have")} other numbers that are not finite, which means leave out: {string.Join("; ", partly.Take(MostNamed).Select(run => $"{run.Run.Run.Id} ({string.Join(", ", run.Metrics)})"))}{(partly.Length > MostNamed ? " …" : "")}.";
    }

    // A run says so again when it has recovered.
    static bool WarnsOfCollapse(RunData run) =>
        run.Detail.Warnings.Select(warning => warning.Message).LastOrDefault(text => text.StartsWith(CollapseBegins, StringComparison.Ordinal) || text.StartsWith(RecoveryBegins, StringComparison.Ordinal))?.StartsWith(CollapseBegins, StringComparison.Ordinal) == true;

    // Trials of one setting share a name.
    static string OfAddedTrials(SweepDetail sweep)
    {
        IReadOnlyList<AddedTrials> added = sweep.Outline.Added;
        string[] when = [.. added.Select((these, i) => (these.First, Last: i + 1 < added.Count ? added[i + 1].First - 1 : sweep.Trials.Count, these.TrialsBefore)).Select(these => string.Create(CultureInfo.InvariantCulture,
            $"by {(these.First == these.Last ? $"trial {these.First}" : $"trials {these.First} to {these.Last}")} when {these.TrialsBefore} had been trained"))];
        bool areSeeds = added.Any(these =>
        {
            HashSet<string> before = [.. sweep.Trials.Where(trial => trial.Number < these.First).Select(trial => trial.Name)];
            return sweep.Trials.Any(trial => trial.Number >= these.First && before.Contains(trial.Name));
        });
        string meaning = areSeeds ? " If seeds were added because of what the first ones showed, intervals and verdicts are less certain than they say." : "";
        return $"The sweep was extended {string.Join(", ", when)}.{meaning}";
    }

    /// <summary>What a report says besides, which looks whether numbers were edited.</summary>
    public static IEnumerable<string> OfChanges(RunQueries queries, ComparedRuns compared)
    {
        RunData[] changed = [.. compared.Runs.Where(run => queries.HasChanged(run.Detail, run.Series.Value))];
        return changed.Length == 0 ? [] : [$"{Counted.Of(changed.Length, "run")} {(changed.Length == 1 ? "was" : "were")} changed in the database after {(changed.Length == 1 ? "it was" : "they were")} completed: {Ids(changed)}. `runner verify` tells what differs."];
    }

    static string Became(RunStatus status, int count) => status switch
    {
        RunStatus.Failed or RunStatus.Crashed => status.Word(),
        _ => $"{(status == RunStatus.Running ? count == 1 ? "is still" : "are still" : count == 1 ? "was" : "were")} {status.Word()}",
    };

    static string Because(IReadOnlyList<RunData> failed) =>
        failed.Select(run => run.Run.Reason?.TrimEnd('.')).Distinct().ToArray() is [{ } reason, .. var others] ? $" ({(others.Length > 0 ? "the first: " : "")}{reason})" : "";

    static string Ids(IReadOnlyList<RunData> runs) => Named([.. runs.Select(run => run.Run.Id)]);

    static string Named(IReadOnlyList<string> names) => string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? " …" : "");
}

using System.Globalization;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Sweeps;

/// <summary>A plan as it is stored before its first trial begins.</summary>
static class FrozenList
{
    /// <summary>All of its trials.</summary>
    public static NewSweep Of(SweepPlan plan, string file, string yamlText, IReadOnlyList<string> commandLine) => new()
    {
        Name = plan.Name,
        Description = plan.Description,
        File = file,
        YamlText = yamlText,
        Method = Canonical.Word(plan.Options.Method),
        Outline = plan.Outline,
        Metric = plan.Metric,
        CommandLine = commandLine,
        Trials = [.. plan.Trials.Select(Of)],
    };

    /// <summary>What a plan has and a frozen list has not.</summary>
    public static IReadOnlyList<NewTrial> Added(SweepPlan plan, SweepDetail frozen)
    {
        HashSet<(string, string?)> known = [.. frozen.Trials.Select(trial => Identity(trial.Trial))];
        NewTrial[] added = [.. plan.Trials.Select(Of).Where(trial => !known.Contains(Identity(trial))).Select((trial, i) => trial with { Number = frozen.Trials.Count + 1 + i })];
        Dictionary<string, string> names = Names(frozen.Trials.Select(trial => trial.Trial), added);
        return [.. added.Select(trial => trial with { Name = names[Setting(trial)] })];
    }

    /// <summary>A name for each new setting: trials of one name differ in the seed alone, but a point that stands before known ones has the number of one of them.</summary>
    static Dictionary<string, string> Names(IEnumerable<NewTrial> frozen, IReadOnlyList<NewTrial> added)
    {
        Dictionary<string, string> names = frozen.DistinctBy(Setting).ToDictionary(Setting, trial => trial.Name);
        HashSet<string> taken = [.. names.Values];
        foreach (NewTrial trial in added.Where(trial => !names.ContainsKey(Setting(trial))))
        {
            string name = trial.Name, stem = name[..(name.LastIndexOf('-') + 1)];
            for (int number = 1; !taken.Add(name); number++)
                name = string.Create(CultureInfo.InvariantCulture, $"{stem}{number}");
            names.Add(Setting(trial), name);
        }

        return names;
    }

    // Claims and tables go by the variant: the same configuration under another one is another trial.
    static (string Config, string? Variant) Identity(NewTrial trial) => (trial.ConfigSha256, trial.Variant);

    /// <summary>What makes a plan another experiment than a frozen list, so that its trials cannot be added; null where they can.</summary>
    public static string? WhyOther(SweepPlan plan, SweepDetail frozen, IReadOnlyList<NewTrial> added) => added.Count == 0 ? null
        : Changed(plan, frozen) is [var changed, ..] ? $"it changes '{changed}', which the sweep does not vary"
        : Renamed(added, frozen) is var (before, now) ? $"trial {before.Number}{(before.Variant is { } was ? $", variant {was}," : "")} is {(now.Variant is { } name ? $"variant {name}" : "of no variant")} in it"
        : null;

    /// <summary>An added trial with the configuration of a frozen one, whose variant has another name now; null when there is none.</summary>
    static (NewTrial Frozen, NewTrial Now)? Renamed(IReadOnlyList<NewTrial> added, SweepDetail frozen) =>
        frozen.Trials.Select(trial => trial.Trial).Join(added, trial => trial.ConfigSha256, trial => trial.ConfigSha256, (before, now) => ((NewTrial, NewTrial)?)(before, now)).FirstOrDefault();

    static string Setting(NewTrial trial) => $"{trial.Variant}\n{string.Join('\n', trial.Parameters)}";

    /// <summary>Keys that have one value in all frozen trials of a variant and another in all of its trials now, but for those that the sweep varies: the trials of two experiments, which no table would tell apart.</summary>
    static IReadOnlyList<string> Changed(SweepPlan plan, SweepDetail frozen)
    {
        string[] varied = [.. frozen.Outline.Parameters, .. plan.Outline.Parameters, "seed"];
        ILookup<string?, string> before = frozen.Trials.ToLookup(trial => trial.Trial.Variant, trial => trial.Trial.ConfigJson);
        return [.. plan.Trials.GroupBy(trial => trial.Variant, trial => ResolvedConfig.ToJson(trial.Spec))
            .SelectMany(variant => Constant(before[variant.Key]).Join(Constant(variant), key => key.Key, key => key.Key, (then, now) => (Key: now.Key, IsSame: then.Value == now.Value)))
            .Where(key => !key.IsSame && !varied.Any(path => key.Key == path || key.Key.StartsWith($"{path}.", StringComparison.Ordinal)))
            .Select(key => key.Key).Distinct()];
    }

    static IEnumerable<KeyValuePair<string, string>> Constant(IEnumerable<string> configs) =>
        configs.SelectMany(ResolvedConfig.Flatten).GroupBy(key => key.Key, key => key.Value).Where(key => key.Distinct().Count() == 1).Select(key => KeyValuePair.Create(key.Key, key.First()));

    /// <summary>Trials of a frozen list that the plan has no more.</summary>
    public static IReadOnlyList<NewTrial> Removed(SweepPlan plan, SweepDetail frozen)
    {
        HashSet<(string, string?)> planned = [.. plan.Trials.Select(Of).Select(Identity)];
        return [.. frozen.Trials.Select(trial => trial.Trial).Where(trial => !planned.Contains(Identity(trial)))];
    }

    /// <summary>A frozen list by what its file says now, with the trials that are new: of those that the file has no more, none is taken away.</summary>
    /// <returns>Null where nothing is new.</returns>
    /// <exception cref="CommandException">ASHA cannot compare the new trials with the old ones.</exception>
    public static NewSweep? Extension(SweepPlan plan, SweepDetail frozen, IReadOnlyList<NewTrial> added, IReadOnlyList<NewTrial> removed, string yamlText, IReadOnlyList<string> commandLine)
    {
        SweepOutline outline = Extended(plan, frozen, added);
        ExperimentSpec[] all = [.. frozen.Trials.Select(trial => trial.Trial).Concat(added).Select(trial => Spec(trial, frozen))];
        string metric = plan.Options.Metric ?? SweepMetric.For(all);
        if (frozen.Outline.Asha is not null)
        {
            // Trials were pruned by it.
            metric = frozen.Sweep.Metric;
            if (SweepMetric.KeysAgainstRungs(metric, all) is [var key, ..])
                throw new CommandException(ExitCodes.UserError, $"{frozen.Sweep.File} adds trials that differ from those of sweep {frozen.Sweep.Id} in '{key}', so that ASHA cannot compare their {metric} while they train. Begin a new sweep with them: leave --resume and --extend out.");
        }

        bool isNew = added.Count > 0 || metric != frozen.Sweep.Metric || outline.MaxFailed != frozen.Outline.MaxFailed || outline.BaselineTrial != frozen.Outline.BaselineTrial
            || !outline.Claims.SequenceEqual(frozen.Outline.Claims);
        // That of the command whose options, with the file, make all trials.
        IReadOnlyList<string> command = removed.Count == 0 ? commandLine : frozen.CommandLine;
        return isNew ? Of(plan, frozen.Sweep.File, yamlText, command) with { Outline = outline, Metric = metric, Trials = added } : null;
    }

    /// <summary>The outline of a frozen list to which a plan's trials are added.</summary>
    static SweepOutline Extended(SweepPlan plan, SweepDetail frozen, IReadOnlyList<NewTrial> added)
    {
        string? baseline = plan.Outline.BaselineTrial is { } number ? Of(plan.Trials[number - 1]).ConfigSha256 : null;
        int trained = frozen.Trials.Count(trial => trial.Status is RunStatus.Completed or RunStatus.Pruned);
        ClaimText[] before = [.. frozen.Outline.Claims, .. frozen.Outline.Withdrawn];
        int? known = frozen.Trials.FirstOrDefault(trial => trial.Trial.ConfigSha256 == baseline)?.Trial.Number;
        return plan.Outline with
        {
            Variants = [.. frozen.Outline.Variants.Union(plan.Outline.Variants)],
            Parameters = [.. frozen.Outline.Parameters.Union(plan.Outline.Parameters)],
            Seeds = [.. frozen.Outline.Seeds.Union(plan.Outline.Seeds)],
            Asha = frozen.Outline.Asha,
            Claims = [.. plan.Outline.Claims.Select(claim => before.FirstOrDefault(claim.IsLike) ?? claim with { TrialsBefore = trained })],
            Withdrawn = trained == 0 ? [] : [.. before.Where(claim => !plan.Outline.Claims.Any(claim.IsLike))],
            BaselineTrial = known ?? added.FirstOrDefault(trial => trial.ConfigSha256 == baseline)?.Number,
        };
    }

    /// <summary>The experiment of a frozen trial.</summary>
    /// <exception cref="CommandException">This program does not understand it.</exception>
    public static ExperimentSpec Spec(NewTrial trial, SweepDetail frozen)
    {
        try
        {
            return ResolvedConfig.FromJson(trial.ConfigJson);
        }
        catch (FormatException e)
        {
            throw new CommandException(ExitCodes.UserError, $"trial {trial.Number} of sweep {frozen.Sweep.Id} holds a configuration that is not one of this program: {e.Message}\n"
                + $"Go on with the program that froze the sweep on {frozen.Sweep.CreatedAt:yyyy-MM-dd}, or begin a new sweep with {frozen.Sweep.File}.");
        }
    }

    static NewTrial Of(Trial trial)
    {
        string config = ResolvedConfig.ToJson(trial.Spec);
        return new NewTrial
        {
            Number = trial.Number,
            Name = trial.Name,
            Variant = trial.Variant,
            Seed = trial.Spec.Seed,
            Parameters = trial.Parameters,
            ConfigJson = config,
            ConfigSha256 = ResolvedConfig.Sha256(config),
        };
    }
}

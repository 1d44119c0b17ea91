using System.Globalization;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Sweeps;

/// <summary>The difference between the frozen list of a sweep and what its file says now.</summary>
/// <param name="plan">The file as it is now.</param>
/// <param name="frozen">The sweep.</param>
sealed class SweepChange(SweepPlan plan, SweepDetail frozen)
{
    /// <summary>Trials that are missing from the frozen list, numbered after its own.</summary>
    public IReadOnlyList<FrozenTrial> Added { get; } = Missing(plan, frozen);

    /// <summary>Trials of the frozen list that are no longer in the file.</summary>
    public IReadOnlyList<FrozenTrial> Removed { get; } = Gone(plan, frozen);

    /// <summary>What makes the file another experiment, so that its trials cannot be added; null where they can.</summary>
    public string? WhyOther => Added.Count == 0 ? null
        : ChangedKeys() is [var changed, ..] ? $"it changes '{changed}', which the sweep does not vary"
        : Renamed() is var (before, now) ? $"trial {before.Number}{(before.Variant is { } was ? $", variant {was}," : "")} is {(now.Variant is { } name ? $"variant {name}" : "of no variant")} in it"
        : null;

    /// <summary>Whether the file claims what it claimed when the list was frozen or last extended.</summary>
    public bool HasSameClaims => plan.Outline.Claims.Count == frozen.Outline.Claims.Count && plan.Outline.Claims.Zip(frozen.Outline.Claims).All(pair => pair.First.IsLike(pair.Second));

    /// <summary>The frozen list with the new trials and with what its file says now; trials that are no longer in the file stay.</summary>
    /// <param name="yamlText">Its text.</param>
    /// <param name="commandLine">The command that says so.</param>
    /// <param name="trained">Trials that are trained, wherever.</param>
    /// <returns>Null where nothing is new.</returns>
    /// <exception cref="CommandException">ASHA cannot compare the new trials with the old ones.</exception>
    public NewSweep? Extension(string yamlText, IReadOnlyList<string> commandLine, int trained)
    {
        SweepOutline outline = Outline(trained);
        ExperimentSpec[] all = [.. frozen.Trials.Concat(Added).Select(trial => FrozenPlan.Spec(trial, frozen))];
        string metric = plan.Options.Metric ?? SweepMetric.For(all);
        if (frozen.Outline.Asha is not null)
        {
            // Trials were pruned by it.
            metric = frozen.Sweep.Metric;
            if (SweepMetric.KeysAgainstRungs(metric, all) is [var key, ..])
                throw new CommandException(ExitCodes.UserError, $"{frozen.Sweep.File} adds trials that differ from those of sweep {frozen.Sweep.Id} in '{key}', so that ASHA cannot compare their {metric} while they train. Begin a new sweep with them: leave --resume and --extend out.");
        }

        if (Added.Count == 0 && metric == frozen.Sweep.Metric && outline.MaxFailed == frozen.Outline.MaxFailed && outline.BaselineTrial == frozen.Outline.BaselineTrial && HasSameClaims)
            return null;
        // That of the command whose options, with the file, make all trials.
        IReadOnlyList<string> command = Removed.Count == 0 ? commandLine : frozen.CommandLine;
        return FrozenPlan.Of(plan, frozen.Sweep.File, yamlText, command) with { Outline = outline, Metric = metric, Trials = Added };
    }

    static IReadOnlyList<FrozenTrial> Missing(SweepPlan plan, SweepDetail frozen)
    {
        HashSet<(string, string?)> known = [.. frozen.Trials.Select(Identity)];
        FrozenTrial[] added = [.. plan.Trials.Select(FrozenPlan.Of).Where(trial => !known.Contains(Identity(trial))).Select((trial, i) => trial with { Number = frozen.Trials.Count + 1 + i })];
        Dictionary<string, string> names = Names(frozen.Trials, added);
        return [.. added.Select(trial => trial with { Name = names[trial.Setting] })];
    }

    static IReadOnlyList<FrozenTrial> Gone(SweepPlan plan, SweepDetail frozen)
    {
        HashSet<(string, string?)> planned = [.. plan.Trials.Select(trial => (trial.ConfigSha256, trial.Variant))];
        return [.. frozen.Trials.Where(trial => !planned.Contains(Identity(trial)))];
    }

    /// <summary>A name for each new setting: trials of one name differ in the seed alone, but a point that stands before known ones has the number of one of them.</summary>
    static Dictionary<string, string> Names(IEnumerable<FrozenTrial> frozen, IReadOnlyList<FrozenTrial> added)
    {
        Dictionary<string, string> names = frozen.DistinctBy(trial => trial.Setting).ToDictionary(trial => trial.Setting, trial => trial.Name);
        HashSet<string> taken = [.. names.Values];
        foreach (FrozenTrial trial in added.Where(trial => !names.ContainsKey(trial.Setting)))
        {
            string name = trial.Name, stem = name[..(name.LastIndexOf('-') + 1)];
            for (int number = 1; !taken.Add(name); number++)
                name = string.Create(CultureInfo.InvariantCulture, $"{stem}{number}");
            names.Add(trial.Setting, name);
        }

        return names;
    }

    // Claims and tables go by the variant: the same configuration under another one is another trial.
    static (string Config, string? Variant) Identity(FrozenTrial trial) => (trial.ConfigSha256, trial.Variant);

    /// <summary>An added trial with the configuration of a frozen one, whose variant has another name now; null when there is none.</summary>
    (FrozenTrial Frozen, FrozenTrial Now)? Renamed() =>
        frozen.Trials.Join(Added, trial => trial.ConfigSha256, trial => trial.ConfigSha256, (before, now) => ((FrozenTrial, FrozenTrial)?)(before, now)).FirstOrDefault();

    /// <summary>Keys that have one value in all frozen trials of a variant and another in all of its trials now, but for those that the sweep varies: the trials of two experiments, which no table would tell apart.</summary>
    IReadOnlyList<string> ChangedKeys()
    {
        string[] varied = [.. frozen.Outline.Parameters, .. plan.Outline.Parameters, "seed"];
        ILookup<string?, string> before = frozen.Trials.ToLookup(trial => trial.Variant, trial => trial.ConfigJson);
        return [.. plan.Trials.GroupBy(trial => trial.Variant, trial => trial.ConfigJson)
            .SelectMany(variant => Constant(before[variant.Key]).Join(Constant(variant), key => key.Key, key => key.Key, (then, now) => (Key: now.Key, IsSame: then.Value == now.Value)))
            .Where(key => !key.IsSame && !varied.Any(path => ConfigKey.IsWithin(key.Key, path)))
            .Select(key => key.Key).Distinct()];
    }

    static IEnumerable<KeyValuePair<string, string>> Constant(IEnumerable<string> configs) =>
        configs.SelectMany(ResolvedConfig.Flatten).GroupBy(key => key.Key, key => key.Value).Where(key => key.Distinct().Count() == 1).Select(key => KeyValuePair.Create(key.Key, key.First()));

    /// <summary>The outline of the frozen list with the file's trials added.</summary>
    SweepOutline Outline(int trained)
    {
        string? baseline = plan.Outline.BaselineTrial is { } number ? plan.Trials[number - 1].ConfigSha256 : null;
        int? known = frozen.Trials.FirstOrDefault(trial => trial.ConfigSha256 == baseline)?.Number;
        ClaimText[] before = [.. frozen.Outline.Claims, .. frozen.Outline.Withdrawn];
        return plan.Outline with
        {
            Variants = [.. frozen.Outline.Variants.Union(plan.Outline.Variants)],
            Parameters = [.. frozen.Outline.Parameters.Union(plan.Outline.Parameters)],
            Seeds = [.. frozen.Outline.Seeds.Union(plan.Outline.Seeds)],
            Asha = frozen.Outline.Asha,
            Tags = frozen.Outline.Tags,
            Note = frozen.Outline.Note,
            Added = [.. frozen.Outline.Added, .. Added.Count > 0 && trained > 0 ? [new AddedTrials(Added[0].Number, trained)] : (AddedTrials[])[]],
            Claims = [.. plan.Outline.Claims.Select(claim => before.FirstOrDefault(claim.IsLike) ?? claim with { TrialsBefore = trained })],
            Withdrawn = trained == 0 ? [] : [.. before.Where(claim => !plan.Outline.Claims.Any(claim.IsLike))],
            BaselineTrial = known ?? Added.FirstOrDefault(trial => trial.ConfigSha256 == baseline)?.Number,
        };
    }
}

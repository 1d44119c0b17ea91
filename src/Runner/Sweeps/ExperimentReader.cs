using AeVae.Runner.Specs;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Sweeps;

/// <summary>Reads a file as what it is: one experiment, or a sweep with all of its trials.</summary>
static class ExperimentReader
{
    /// <summary>Reads a file with what it extends, applies overrides in order, and reports every problem; never throws for bad input.</summary>
    /// <param name="path">The experiment file.</param>
    /// <param name="overrides"><c>key=value</c> with a dotted key and a YAML value: <c>train.epochs=2</c>, <c>sweep.trials=10</c>. They win over variants and swept values.</param>
    /// <param name="options">The same of keys with an option of their own, which problems name instead of <c>--set</c>: <c>seed=5</c> for <c>--seed 5</c>.</param>
    public static ExperimentFile Read(string path, IReadOnlyList<string> overrides, IReadOnlyList<string>? options = null)
    {
        List<LocatedProblem> problems = [];
        SpecLayers layers = new(problems);
        (MapNode? file, IReadOnlyList<MapNode> sets) = layers.Read(path, overrides, options);
        MapNode? merged = file is null ? null : SpecMerge.Override(file, sets);
        bool isSweep = merged is not null && SweepKeys.Sections.Any(name => merged.Find(name) is { Value: not ScalarNode { IsNull: true } });
        SweepPlan? plan = merged is null ? null
            : isSweep ? Sweep(path, file!, merged, sets, problems)
            : Single(path, SpecReader.Bind(merged.Without(SweepKeys.Sections), problems, Path.GetFileNameWithoutExtension(path)));
        IReadOnlyList<SpecProblem> sorted = SpecProblem.Sorted(problems);
        return new(sorted.Count == 0 ? plan : null, sorted, layers.Files.Count > 0 ? layers.Files[0].Text : "") { IsSweep = isSweep, Files = layers.Files };
    }

    static SweepPlan? Sweep(string path, MapNode file, MapNode merged, IReadOnlyList<MapNode> sets, List<LocatedProblem> problems)
    {
        IReadOnlyList<Variant> variants = VariantReader.Read(merged.Find("variants")?.Value, problems);
        string[] names = [.. variants.Select(variant => variant.Name!)];
        MapNode? section = merged.Find("sweep")?.Value as MapNode;
        if (merged.Find("sweep") is { Value: not (MapNode or ScalarNode { IsNull: true }) } other)
            problems.Add(other.Value.At.Problem("'sweep' must be a mapping with parameters, seeds and the like."));
        int before = problems.Count;
        SweepSection sweep = new SweepSectionReader(names, problems).Read(section, merged);
        bool isSectionUsable = problems.Count == before;
        if (TrialLimit.Defect(variants.Count, sweep.Points.Count, sweep.Options.Seeds.Count, sweep.At) is { } tooMany)
        {
            problems.Add(tooMany);
            return null;
        }

        ClaimReader claims = ClaimReader.Read(merged.Find("claims")?.Value, variants, sweep, problems);
        int beforeTrials = problems.Count;
        TrialExpansion expansion = new(file.Without(SweepKeys.Sections), [.. sets.Select(set => set.Without(SweepKeys.Sections)).Where(set => set.Entries.Count > 0)], Path.GetFileNameWithoutExtension(path), problems);
        // Points that could not be read are no reason to keep quiet about the rest of the file.
        IReadOnlyList<Trial> trials = expansion.Expand(variants, isSectionUsable ? sweep : new SweepSection(sweep.Node));
        claims.Check(problems.Count == beforeTrials ? trials : [], problems);
        if (!isSectionUsable && section?.Find("parameters")?.Value is MapNode swept)
            problems.RemoveAll(problem => swept.Entries.Any(entry => problem.Message.StartsWith($"'{entry.Key}' is missing", StringComparison.Ordinal)));
        if (problems.Count > 0)
            return null;
        SweepPlan plan = new()
        {
            File = path,
            Name = trials[0].Spec.Name,
            Description = trials[0].Spec.Description,
            Options = sweep.Options,
            Outline = new SweepOutline
            {
                Variants = names,
                Parameters = [.. sweep.Keys.Select(key => key.Path)],
                Seeds = sweep.Options.Seeds.Count > 0 ? sweep.Options.Seeds : [.. trials.Select(trial => trial.Spec.Seed).Distinct()],
                BaselineTrial = Baseline(sweep, trials, problems),
                MaxFailed = sweep.Options.MaxFailed,
                Asha = sweep.Options.Asha is { } asha ? new Halving(asha.MinEpochs, asha.ReductionFactor) : null,
                Claims = claims.Texts,
            },
            Trials = trials,
            Notes = [.. expansion.Notes, .. SpecNotes.Of(trials.Select(trial => trial.Spec))],
        };
        if (plan.Options.Asha is not null && SweepMetric.KeysAgainstRungs(plan.Metric, plan.Specs) is [var key, ..])
        {
            problems.Add(sweep.Place("asha").Problem($"'{key}' differs between trials, so that their {plan.Metric} does not mean the same while they train, and the worse ones cannot be told. "
                + $"{(key.StartsWith("data.", StringComparison.Ordinal) ? "Make a sweep for each of its values" : "Compare by another metric: 'sweep.metric: val.bce'")}, or draw the points without ASHA: 'method: random'."));
        }

        return problems.Count > 0 ? null : plan;
    }

    static SweepPlan Single(string path, ExperimentSpec spec) => new()
    {
        File = path,
        Name = spec.Name,
        Description = spec.Description,
        Options = new SweepOptions(),
        Outline = new SweepOutline { Variants = [], Parameters = [], Seeds = [spec.Seed] },
        Trials = [new Trial { Number = 1, Name = spec.Name, Parameters = [], Spec = ResolvedConfig.Resolve(spec) }],
        Notes = [.. SpecNotes.Of([spec])],
    };

    static int? Baseline(SweepSection sweep, IReadOnlyList<Trial> trials, List<LocatedProblem> problems)
    {
        if (sweep.Baseline is not { } pattern)
            return null;
        Trial[] matching = [.. trials.Where(trial => (pattern.Variant is null || pattern.Variant == trial.Variant)
            && pattern.Values.All(value => trial.Parameters.Contains(new(value.Key.Path, value.Text)))).DistinctBy(trial => trial.Name)];
        if (matching.Length == 1)
            return matching[0].Number;
        problems.Add(pattern.At.Problem(matching.Length == 0
            ? "'sweep.baseline' names trials that the sweep does not have."
            : $"'sweep.baseline' must name one point of one variant, but {matching.Length} match: {string.Join(", ", matching.Take(5).Select(trial => trial.Name))}{(matching.Length > 5 ? ", …" : "")}. Add the values that tell them apart."));
        return null;
    }
}

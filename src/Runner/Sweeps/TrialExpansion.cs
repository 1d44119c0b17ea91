using System.Globalization;
using AeVae.Reports;
using AeVae.Runner.Specs;
using AeVae.Tracking;

namespace AeVae.Runner.Sweeps;

/// <summary>Makes the trials of a sweep: variants × points × seeds, each through the same merge, reader and rules as an experiment of its own.</summary>
/// <param name="experiment">The file without what makes it a sweep.</param>
/// <param name="overrides">What is laid over every trial.</param>
/// <param name="fileName">Names the experiment when the file does not.</param>
/// <param name="problems">Gets what is wrong.</param>
sealed class TrialExpansion(MapNode experiment, IReadOnlyList<MapNode> overrides, string fileName, List<LocatedProblem> problems)
{
    readonly List<string> notes = [];

    /// <summary>What was done that the file does not say.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Every trial in the order in which they begin: seeds outermost, then variants, then points. Sweeps that stop early compare everything at their first seeds.</summary>
    public IReadOnlyList<Trial> Expand(IReadOnlyList<Variant> variants, SweepSection sweep)
    {
        CheckVariants(variants, sweep);
        List<Group> groups = Groups(variants.Count > 0 ? variants : [new(null, experiment.At, SpecMerge.Empty(experiment.At))], sweep);
        IEnumerable<ulong?> seeds = sweep.Options.Seeds.Count > 0 ? sweep.Options.Seeds.Select(seed => (ulong?)seed) : [null];
        return [.. seeds.SelectMany(seed => groups.Select(group => (Group: group, Seed: seed ?? group.Spec.Seed))).Select((trial, i) => new Trial
        {
            Number = i + 1,
            Name = trial.Group.Name,
            Variant = trial.Group.Variant,
            Parameters = trial.Group.Parameters,
            Spec = trial.Group.Spec with { Seed = trial.Seed },
        })];
    }

    List<Group> Groups(IReadOnlyList<Variant> variants, SweepSection sweep)
    {
        TrialProblems ofTrials = new(problems);
        Dictionary<string, Group> known = [];
        List<Group> groups = [];
        List<Point> repeated = [];
        HashSet<TrialPattern> used = [];
        HashSet<(string?, string?)> equals = [];
        bool areVariantsUsable = problems.Count == 0;
        Point[] points = [.. sweep.Points.All()];
        string digits = new('0', (points.Max(point => point.Number)).ToString(CultureInfo.InvariantCulture).Length);
        foreach (Variant variant in variants)
        {
            // Before and after the points: an optimizer that is set must not undo a swept momentum, nor a swept optimizer a weight decay that is set.
            MapNode changed = SpecMerge.Override(SpecMerge.Merge(experiment, variant.Changes, SpecKeys.Root), overrides);
            foreach (Point point in points)
            {
                if (ofTrials.Count > 100)
                    break;
                if (point.Variant is not null && point.Variant != variant.Name)
                    continue;
                // An included point was asked for by name.
                bool isIncluded = point.Number > points.Length - sweep.Include.Count;
                if (!isIncluded && sweep.Exclude.Where(pattern => pattern.Matches(variant.Name, point)).ToList() is { Count: > 0 } matching)
                {
                    used.UnionWith(matching);
                    continue;
                }

                List<LocatedProblem> own = [];
                ExperimentSpec spec = Spec(changed, variant, point, sweep, own);
                ofTrials.Add(variant.Name, point, own);
                if (own.Count > 0)
                    continue;
                spec = ResolvedConfig.Resolve(spec);
                Group group = new(NameOf(spec, variant, point, digits), variant.Name, spec, TextsOf(spec, point, sweep));
                string config = ResolvedConfig.ToJson(spec);
                if (known.TryAdd(config, group))
                    groups.Add(group);
                else if (known[config] is var equal && equal.Variant == group.Variant)
                    repeated.Add(point);
                else if (areVariantsUsable && equals.Add((equal.Variant, group.Variant)))
                    problems.Add(variant.At.Problem($"the trials '{equal.Name}' and '{group.Name}' are the same experiment: variants '{equal.Variant}' and '{group.Variant}' do not differ there. Change one of them, or remove it."));
            }
        }

        ofTrials.Report();
        if (repeated.Count > 0)
            notes.Add($"{repeated.Count} {(repeated.Count == 1 ? "point repeats an earlier one and is" : "points repeat earlier ones and are")} left out: {string.Join(", ", repeated.Take(10).Select(point => point.Number))}{(repeated.Count > 10 ? ", …" : "")}");
        foreach (TrialPattern unused in sweep.Exclude.Where(pattern => !used.Contains(pattern) && !Points.AreDrawn(sweep.Options.Method)))
            problems.Add(unused.At.Problem("excludes no trial: none has these values."));
        if (groups.Count == 0 && ofTrials.Count == 0 && problems.Count == 0)
            problems.Add(sweep.Place("exclude").Problem("no trial is left: 'exclude' takes all of them away."));
        return groups;
    }

    ExperimentSpec Spec(MapNode changed, Variant variant, Point point, SweepSection sweep, List<LocatedProblem> own)
    {
        // A key before those below it: an optimizer, then its momentum.
        MapNode[] values = [.. point.Values.OrderBy(value => value.Key.Path, StringComparer.Ordinal).Select(value => MapNode.Of(value.Key.Path, value.Node))];
        MapNode merged = SpecMerge.Override(values.Length == 0 ? changed : SpecMerge.Merge(changed, SpecMerge.Combine(values), SpecKeys.Root), overrides);
        ExperimentSpec spec = SpecReader.Bind(merged, own, fileName);

        LocatedProblem[] fixedKeys = [.. point.Values.Where(value => !IsKept(merged, value)).Select(Fixed)];
        if (fixedKeys.Length > 0)
        {
            own.Clear();
            own.AddRange(fixedKeys);
            return spec;
        }

        foreach (PointValue value in point.Values)
        {
            if (!Applicability.Of(value.Key.Path, spec))
            {
                own.Clear();
                string remedy = variant.Name is null ? "Sweep it only where it has a meaning"
                    : $"'exclude: [{{variant: {variant.Name}}}]' leaves these trials out; 'include: [{{variant: {variant.Name}}}]' beside it runs the variant once, without swept values";
                own.Add((sweep.Parameters.FirstOrDefault(parameter => parameter.Key.Path == value.Key.Path)?.At ?? value.Node.At).Problem($"'{value.Key.Path}' has no meaning here.{Applicability.Note(value.Key.Path).Replace('`', '\'')} {remedy}."));
                break;
            }
        }

        if (own.Count == 0)
            CheckSweep(spec, sweep, own);
        return spec;
    }

    // The message has nothing of the point in it, so that it is told once for all of them.
    LocatedProblem Fixed(PointValue value)
    {
        string path = value.Key.Path;
        MapNode? culprit = overrides.LastOrDefault(set => Touches(set, path));
        string remedy = culprit?.FindPath(path) is { } entry ? $"Change what is swept: --set {ShellWord.InQuotes($"sweep.parameters.{path}=[{PointValue.Flow(entry.Value)}]")}." : "Leave one of the two out.";
        return (culprit ?? experiment).At.Problem($"'{path}' is swept, so one value for all trials has no place. {remedy}");
    }

    static void CheckSweep(ExperimentSpec spec, SweepSection sweep, List<LocatedProblem> own)
    {
        if (sweep.Options.Metric is { } metric && WatchedMetric.Defect(metric, spec) is { } defect)
            own.Add(sweep.Place("metric").Problem($"'sweep.metric' is '{metric}': {defect}"));
        if (sweep.Options.Asha is { } asha && asha.MinEpochs >= spec.Train.Epochs)
            own.Add(sweep.Place("asha").Problem($"trials are first compared after {asha.MinEpochs} epochs, but they have only {spec.Train.Epochs}. Make 'sweep.asha.min_epochs' smaller."));
        else if (sweep.Options.Asha is { } first && first.MinEpochs < spec.Eval.Every && sweep.Options.Metric?.StartsWith("train.", StringComparison.Ordinal) is not true)
            own.Add(sweep.Place("asha").Problem($"trials are first compared after {Counted.Of(first.MinEpochs, "epoch")}, but with 'eval.every: {spec.Eval.Every}' nothing is measured before epoch {spec.Eval.Every}. Set 'sweep.asha.min_epochs' to {spec.Eval.Every}, or evaluate every epoch."));
    }

    static bool IsKept(MapNode merged, PointValue value) => merged.FindPath(value.Key.Path)?.Value switch
    {
        null => false,
        MapNode map when map.Find("type") is { } type => type.Value.At.Source.Precedence == SpecSource.OfPoint,
        MapNode map when map.Entries.Any(entry => entry.Value.At.Source.Precedence > SpecSource.OfPoint) => false,
        var node => node.At.Source.Precedence == SpecSource.OfPoint,
    };

    static bool Touches(MapNode set, string path)
    {
        string[] names = path.Split('.');
        return Enumerable.Range(1, names.Length).Any(length => set.FindPath(string.Join('.', names[..length]))?.Value is { } node && (length == names.Length || node is ScalarNode || (node as MapNode)?.Find("type") is not null));
    }

    void CheckVariants(IReadOnlyList<Variant> variants, SweepSection sweep)
    {
        foreach (Variant variant in variants)
        {
            foreach (Parameter parameter in sweep.Parameters)
            {
                if (variant.Changes.FindPath(parameter.Key.Path) is { } entry)
                    problems.Add(entry.At.Problem($"variant '{variant.Name}' sets '{parameter.Key.Path}', but 'sweep.parameters' sets it in every trial. Remove one of the two."));
            }

            if (sweep.Options.Seeds.Count > 0 && variant.Changes.Find("seed") is { } seed)
                problems.Add(seed.At.Problem($"variant '{variant.Name}' sets 'seed', but 'sweep.seeds' sets it in every trial. Remove one of the two."));
        }

        if (sweep.Options.Seeds.Count > 0 && overrides.FirstOrDefault(set => set.Find("seed") is not null) is { } fixedSeed)
            problems.Add(fixedSeed.At.Problem($"'sweep.seeds' sets the seed of every trial. Change that list: --set 'sweep.seeds=[{(fixedSeed.Find("seed")!.Value as ScalarNode)?.Text}]'."));
    }

    static string NameOf(ExperimentSpec spec, Variant variant, Point point, string digits)
    {
        string number = point.Number == 0 ? "" : point.Number.ToString(digits, CultureInfo.InvariantCulture);
        return string.Join('-', new[] { spec.Name, variant.Name, number }.Where(part => !string.IsNullOrEmpty(part)));
    }

    static List<KeyValuePair<string, string>> TextsOf(ExperimentSpec spec, Point point, SweepSection sweep)
    {
        List<KeyValuePair<string, string>> texts = [];
        foreach (SpecKey key in sweep.Keys)
        {
            string? text = point.Values.FirstOrDefault(value => value.Key.Path == key.Path)?.Text
                ?? (Applicability.Of(key.Path, spec) ? PointValue.TextIn(spec, key) : null);
            if (text is not null)
                texts.Add(new(key.Path, text));
        }

        return texts;
    }

    sealed record Group(string Name, string? Variant, ExperimentSpec Spec, IReadOnlyList<KeyValuePair<string, string>> Parameters);
}

using AeVae.Runner.Specs;

namespace AeVae.Runner.Sweeps;

/// <summary>Reads the section <c>sweep</c>.</summary>
/// <param name="variants">Names of the variants.</param>
/// <param name="problems">Gets what is wrong.</param>
sealed class SweepSectionReader(IReadOnlyList<string> variants, List<LocatedProblem> problems)
{
    /// <summary>The section; what has problems is left out of it.</summary>
    /// <param name="node">The section; null when the file has none.</param>
    /// <param name="file">The whole file.</param>
    public SweepSection Read(MapNode? node, MapNode file)
    {
        MapNode map = node ?? SpecMerge.Empty(file.At);
        SweepSection section = new(map);
        SweepOptions options = (SweepOptions)new SpecBinder(problems).Section(SweepKeys.Sweep, map.Without(SweepKeys.OfPoints));
        if (options.Method == SweepMethod.Asha)
            options = options with { Asha = options.Asha ?? new HalvingOptions() };

        IReadOnlyList<Parameter> parameters = Parameters(map.Find("parameters"), options.Method);
        section = section with
        {
            Options = options,
            Parameters = parameters,
            Dimensions = Dimensions(map, parameters, options.Method),
            Include = Patterns(map, "include"),
            Exclude = Patterns(map, "exclude"),
            Baseline = Baseline(map.Find("baseline")),
        };
        CheckOptions(section, map);
        CheckSeeds(options.Seeds, map.Find("seeds"));
        foreach (TrialPattern pattern in section.Exclude.Append(section.Baseline).OfType<TrialPattern>())
            CheckKeys(pattern, section);
        return section;
    }

    List<Parameter> Parameters(MapEntry? entry, SweepMethod method)
    {
        if (entry is null or { Value: ScalarNode { IsNull: true } })
            return [];
        if (entry.Value is not MapNode map)
        {
            problems.Add(entry.Value.At.Problem("'sweep.parameters' must be a mapping of dotted keys to values, for example {train.learning_rate: [1e-3, 1e-4]}."));
            return [];
        }

        ParameterReader reader = new(method, problems);
        return [.. map.Entries.Select(reader.Read).OfType<Parameter>()];
    }

    List<IReadOnlyList<Parameter>> Dimensions(MapNode map, IReadOnlyList<Parameter> parameters, SweepMethod method)
    {
        List<List<Parameter>> zipped = [.. Items(map, "zip").Select(node => Together(node, parameters, method)).OfType<List<Parameter>>()];
        foreach (Parameter twice in zipped.SelectMany(group => group).GroupBy(parameter => parameter.Key.Path).Where(group => group.Count() > 1).Select(group => group.First()))
            problems.Add(map.Find("zip")!.Value.At.Problem($"'{twice.Key.Path}' stands in 'zip' twice; it can advance with one group only."));
        if (method == SweepMethod.List && parameters.Count > 0)
        {
            if (map.Find("zip") is { } zip)
                problems.Add(zip.At.Problem("'method: list' takes the n-th values of all parameters together already. Remove 'zip'."));
            CheckLengths([.. parameters], parameters[0].At);
            return [parameters];
        }

        List<IReadOnlyList<Parameter>> dimensions = [];
        foreach (Parameter parameter in parameters)
        {
            List<Parameter> group = zipped.Find(members => members.Contains(parameter)) ?? [parameter];
            if (!dimensions.Contains(group) && group.OrderBy(member => parameters.ToList().IndexOf(member)).First() == parameter)
                dimensions.Add(group);
        }

        if (method == SweepMethod.Halton && dimensions.Count > UnitPoint.MostHaltonDimensions)
            problems.Add(map.Find("parameters")!.At.Problem($"'method: halton' spreads points evenly over at most {UnitPoint.MostHaltonDimensions} parameters; here are {dimensions.Count}. Use 'method: random'."));
        return dimensions;
    }

    List<Parameter>? Together(SpecNode node, IReadOnlyList<Parameter> parameters, SweepMethod method)
    {
        if (node is not ListNode { Items.Count: > 1 } list || list.Items.Any(item => item is not ScalarNode))
        {
            problems.Add(node.At.Problem("'sweep.zip' must be a list of lists, each of two swept keys or more, for example [[train.batch_size, train.learning_rate]]."));
            return null;
        }

        List<Parameter> members = [];
        foreach (ScalarNode item in list.Items.Cast<ScalarNode>())
        {
            if (parameters.FirstOrDefault(parameter => parameter.Key.Path == item.Text) is { } member)
                members.Add(member);
            else if (!IsNamed(item.Text))
                problems.Add(item.At.Problem($"'{SpecBinder.Shown(item.Text)}' stands in 'zip', but not in 'sweep.parameters'; keys that advance together are both swept."));
        }

        if (members.Count < list.Items.Count)
            return null;
        if (Points.AreDrawn(method) && members.Any(member => member is not ListedParameter))
        {
            problems.Add(node.At.Problem("where points are drawn, only lists of values can advance together; write 'values' for each of these keys."));
            return null;
        }

        CheckLengths(members, node.At);
        return members;

        // A parameter with a problem of its own is no further problem here.
        bool IsNamed(string key) => problems.Any(problem => problem.Message.Contains($"'{key}'", StringComparison.Ordinal) || problem.Message.Contains($"'sweep.parameters.{key}'", StringComparison.Ordinal));
    }

    void CheckLengths(List<Parameter> members, Position at)
    {
        if (members.Any(member => member.Count != members[0].Count))
            problems.Add(at.Problem($"keys that advance together need lists of one length, but here {string.Join(" and ", members.Select(member => $"'{member.Key.Path}' has {Canonical.Number(member.Count)}"))}."));
    }

    IReadOnlyList<TrialPattern> Patterns(MapNode map, string name) =>
        [.. Items(map, name).Select(node => TrialPattern.Read(node, name, variants, problems)).OfType<TrialPattern>()];

    TrialPattern? Baseline(MapEntry? entry) => entry?.Value switch
    {
        null or ScalarNode { IsNull: true } => null,
        ScalarNode name => TrialPattern.VariantName(name, variants, problems) is { } variant ? new(variant, [], name.At) : null,
        var node => TrialPattern.Read(node, "baseline", variants, problems),
    };

    IReadOnlyList<SpecNode> Items(MapNode map, string name)
    {
        switch (map.Find(name)?.Value)
        {
            case null or ScalarNode { IsNull: true }:
                return [];
            case ListNode list:
                return list.Items;
            case var other:
                problems.Add(other.At.Problem($"'sweep.{name}' must be a list."));
                return [];
        }
    }

    void CheckOptions(SweepSection section, MapNode map)
    {
        SweepOptions options = section.Options;
        foreach (string defect in options.Slurm is null ? [] : SlurmRules.Defects(options.Slurm))
            problems.Add(section.Place("slurm").Problem(defect));
        bool isDrawn = Points.AreDrawn(options.Method);
        string method = $"'method: {Canonical.Word(options.Method)}'";
        bool hasParameters = map.Find("parameters") is { Value: MapNode { Entries.Count: > 0 } };
        if (isDrawn && !hasParameters)
            problems.Add(section.Place("method").Problem($"{method} draws values, but 'sweep.parameters' names no key to draw them for."));
        if (isDrawn && options.Trials is null && map.Find("trials") is null or { Value: ScalarNode { IsNull: true } })
            problems.Add(section.Place("method").Problem($"{method} needs the number of points to draw: add 'trials', for example trials: 20."));
        if (!isDrawn && map.Find("trials") is { } trials)
            problems.Add(trials.At.Problem($"'trials' has no meaning with {method}: the values decide how many points there are. Remove it, or write 'method: random'."));
        if (options.Method is not (SweepMethod.Random or SweepMethod.Asha) && map.Find("seed") is { } seed)
            problems.Add(seed.At.Problem($"'seed' is the seed of points that are drawn at random; with {method} there are none. For the seeds of the trials write 'seeds: [{(seed.Value as ScalarNode)?.Text}]'."));
    }

    void CheckSeeds(IReadOnlyList<ulong> seeds, MapEntry? entry)
    {
        if (entry?.Value is ListNode { Items.Count: 0 })
            problems.Add(entry.Value.At.Problem("'sweep.seeds' is empty; list one or more, or remove it: then every trial has the experiment's seed."));
        foreach (IGrouping<ulong, ulong> twice in seeds.GroupBy(seed => seed).Where(group => group.Count() > 1))
            problems.Add(entry!.Value.At.Problem($"'sweep.seeds' holds {twice.Key} twice: the same seed gives the same bits. Remove one of the two."));
    }

    void CheckKeys(TrialPattern pattern, SweepSection section)
    {
        foreach (PointValue value in pattern.Values.Where(value => section.Keys.All(key => key.Path != value.Key.Path)))
            problems.Add(pattern.At.Problem($"'{value.Key.Path}' is not swept, so trials do not differ in it{(section.Keys.Count == 0 ? "" : $"; they do in {string.Join(", ", section.Keys.Select(key => key.Path))}")}."));
    }
}

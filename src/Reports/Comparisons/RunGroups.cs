using AeVae.Reports.Runs;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Reports.Comparisons;

/// <summary>Runs put together by what they have in common.</summary>
/// <param name="All">In the order in which their first runs were named.</param>
/// <param name="Differing">What they differ in.</param>
/// <param name="NamedKeys">Varied keys whose names the labels do not hold, since they would be too long.</param>
/// <param name="LabelsAre">What such labels hold the values of, in this order; empty where they are names of runs.</param>
/// <param name="Repeated">Runs that are equal to another, seed included, and were left out.</param>
sealed record RunGroups(IReadOnlyList<RunGroup> All, DifferingKeys Differing, IReadOnlyList<string> NamedKeys, IReadOnlyList<string> LabelsAre, IReadOnlyList<RunData> Repeated)
{
    const int LongestLabel = 44, LongestOfValues = 32;   // lists and sections among values alone would tell nobody anything

    public static RunGroups Of(IReadOnlyList<RunData> runs, ComparisonOptions options)
    {
        options = options with { GroupBy = [.. options.GroupBy.Select(key => FullKey(key, runs)).Distinct()] };
        bool isPooled = options.GroupBy.Count > 0;
        Dictionary<string, FrozenTrial> trials = options.Sweep?.Trials.Where(trial => trial.RunId is not null).GroupBy(trial => trial.RunId!).ToDictionary(run => run.Key, run => run.First()) ?? [];
        if (options.GroupBy.FirstOrDefault(key => runs.All(run => Value(run, key) is null)) is { } unknown)
            throw new UnknownNameException($"no run has a key '{unknown}'. Group by {Examples(runs)} or another key of the configuration, by variant or by name.");

        DataSets dataSets = new(runs);
        List<RunData> repeated = [];
        List<RunData[]> groups = [];
        foreach (IGrouping<string, RunData> group in runs.GroupBy(run => $"{dataSets.Of(run)}\n{(isPooled ? string.Join('\n', options.GroupBy.Select(key => Value(run, key))) : Identity(run, trials))}"))
        {
            // What is equal to the last bit is no second sample.
            RunData[][] bySeed = [.. group.GroupBy(run => (isPooled ? DifferingKeys.SettingsOf(run) : "", run.Run.Seed)).Select(CompletedThenNewest)];
            repeated.AddRange(bySeed.SelectMany(same => same.Skip(1)));
            groups.Add([.. bySeed.Select(same => same[0]).OrderBy(run => run.Run.Seed).ThenBy(run => run.Run.Id, StringComparer.Ordinal)]);
        }

        DifferingKeys keys = isPooled ? new(options.GroupBy, []) : Keys([.. groups.Select(group => group[0])], trials, options.Sweep);
        string[] shown = [.. keys.Swept, .. keys.Others];
        bool byVariant = !isPooled && trials.Values.Any(trial => trial.Variant is not null);
        bool byName = !isPooled && trials.Count == 0 && keys.Swept.Count == 0;
        string[] labels = [.. groups.Select(members => Label(members[0], keys.Swept, byVariant ? trials.GetValueOrDefault(members[0].Run.Id)?.Variant : byName ? members[0].Run.Name : null, Value))];
        bool areTooLong = !byName && !isPooled && labels.Any(label => label.Length > LongestLabel), haveValues = false, areNames = byName;
        if (areTooLong)
        {
            // Columns of the results tell the whole values.
            RunData[] first = [.. groups.Select(members => members[0])];
            HashSet<string> byType = [.. keys.Swept.Where(key => TypesTellApart(first.Select(run => Value(run, key)).OfType<string>().Distinct()))];
            string? Short(RunData run, string key) => Value(run, key) is { } value && byType.Contains(key) ? TypeOf(value) : Value(run, key);
            string[] shortened = [.. first.Select(run => Label(run, keys.Swept, byVariant ? VariantOf(run) : null, Short))];
            string[] values = [.. first.Select(run => string.Join(", ", [.. byVariant ? [VariantOf(run) ?? "–"] : (string[])[], .. keys.Swept.Select(key => Short(run, key) ?? "–")]))];
            bool fit = Fit(shortened, LongestLabel);
            haveValues = !fit && Fit(values, LongestOfValues);
            areNames = !fit && !haveValues;
            labels = fit ? shortened : haveValues ? values : [.. first.Select(run => run.Run.Name)];
        }

        labels = Distinct([.. groups.Select(members => members[0].Run)], areNames ? WithoutCommonWords(labels) : labels);
        return new RunGroups([.. groups.Select((members, i) => new RunGroup
        {
            Label = labels[i],
            Variant = isPooled ? null : VariantOf(members[0]),
            Values = [.. shown.Select(key => KeyValuePair.Create(key, Value(members[0], key)))],
            Members = members,
            Settings = areNames && areTooLong ? string.Join(", ", keys.Swept.Where(key => Value(members[0], key) is not null).Select(key => $"{DifferingKeys.Shorten(key, keys.Swept)}={Value(members[0], key)}")) : null,
        })], keys, areTooLong ? keys.Swept : [], !haveValues ? [] : [.. byVariant ? ["variant"] : (string[])[], .. keys.Swept.Select(key => DifferingKeys.Shorten(key, keys.Swept))], repeated);

        // The run that carries a trial out may have been made as another variant of another sweep.
        string? VariantOf(RunData run) => trials.TryGetValue(run.Run.Id, out FrozenTrial? trial) ? trial.Variant : run.Run.Variant;

        // A key of the configuration, as the sweep that sets it has it; the variant or the name.
        string? Value(RunData run, string key) => key switch
        {
            "variant" => VariantOf(run),
            "name" => run.Run.Name,
            _ => trials.GetValueOrDefault(run.Run.Id)?.Parameters.FirstOrDefault(parameter => parameter.Key == key).Value ?? run.Setting(key),
        };

        static string Label(RunData run, IReadOnlyList<string> of, string? name, Func<RunData, string, string?> value)
        {
            string values = string.Join(", ", of.Where(key => name is null || value(run, key) is not null).Select(key => $"{DifferingKeys.Shorten(key, of)}={value(run, key) ?? "–"}"));
            string label = name is null ? values : values.Length == 0 ? name : $"{name}, {values}";
            return label.Length == 0 ? run.Run.Name : label;
        }
    }

    static bool Fit(string[] labels, int longest) => labels.All(label => label.Length <= longest) && labels.Distinct().Count() == labels.Length;

    static bool TypesTellApart(IEnumerable<string> values)
    {
        string[] all = [.. values];
        return all.Select(TypeOf).Distinct().Count() == all.Length;
    }

    /// <summary>Of <c>{type: sgd, momentum: 0.9}</c> what it is a section of, <c>sgd</c>; of another value itself.</summary>
    static string TypeOf(string value)
    {
        const string Type = "type: ";
        return value.StartsWith('{') && value.Trim('{', '}').Split(", ").FirstOrDefault(entry => entry.StartsWith(Type, StringComparison.Ordinal)) is { } type ? type[Type.Length..] : value;
    }

    // By its end, where one key alone has it, as in lists.
    static string FullKey(string key, IReadOnlyList<RunData> runs)
    {
        string[] keys = [.. runs.SelectMany(run => run.Detail.Parameters).Select(parameter => parameter.Key).Distinct()];
        return keys.Contains(key) ? key : ConfigKey.OnlyOne(key, [.. keys.Where(full => full.EndsWith($".{key}", StringComparison.Ordinal)).Order(StringComparer.Ordinal)]) ?? key;
    }

    static string Identity(RunData run, Dictionary<string, FrozenTrial> trials) =>
        trials.TryGetValue(run.Run.Id, out FrozenTrial? trial) ? trial.Setting : DifferingKeys.SettingsOf(run);

    static RunData[] CompletedThenNewest(IEnumerable<RunData> equal) => [.. equal.OrderBy(run => run.Run.Status == RunStatus.Completed ? 0 : 1).ThenByDescending(run => run.Run.StartedAt)];

    /// <summary>The keys of a sweep that it really varies, and what else differs between its variants; of runs without a sweep, names tell them apart where each has its own.</summary>
    static DifferingKeys Keys(IReadOnlyList<RunData> first, Dictionary<string, FrozenTrial> trials, SweepDetail? sweep)
    {
        IReadOnlyList<string> differing = DifferingKeys.Of(first);
        // Of a section that is swept whole, the keys in it differ.
        string[] swept = trials.Count > 0
            ? [.. (sweep?.Outline.Parameters ?? []).Where(key => differing.Any(one => ConfigKey.IsWithin(one, key)))]
            : first.Select(run => run.Run.Name).Distinct().Count() == first.Count ? [] : [.. differing];
        return new DifferingKeys(swept, [.. differing.Where(one => !swept.Any(key => ConfigKey.IsWithin(one, key)))]);
    }

    /// <summary>Names that are too long without as many of the words that all begin with as makes them short enough: the variant and the point of a sweep stand last.</summary>
    static string[] WithoutCommonWords(string[] names)
    {
        if (names.All(name => name.Length <= LongestLabel) || names.Distinct().Count() == 1) return names;
        int common = Enumerable.Range(0, names.Min(name => name.Length)).TakeWhile(i => names.All(name => name[i] == names[0][i])).Count();
        int[] words = [.. Enumerable.Range(1, common).Where(length => names[0][length - 1] is '-' or '_' or ' ' or '/' && names.All(name => name.Length > length))];
        int cut = words.FirstOrDefault(length => names.All(name => name.Length - length < LongestLabel), words.LastOrDefault());
        return cut == 0 ? names : [.. names.Select(name => $"…{name[cut..]}")];
    }

    /// <summary>Short enough for a legend; where that leaves equal ones, the end of an id follows, which names the run to every command.</summary>
    static string[] Distinct(RunSummary[] first, string[] labels)
    {
        string[] shortened = [.. labels.Select(label => Shorten(label, LongestLabel))];
        return shortened.Distinct().Count() == shortened.Length
            ? shortened
            : [.. labels.Select((label, i) => $"{Shorten(label, LongestLabel - RunId.EndingLength - 1)} {first[i].Id[^RunId.EndingLength..]}")];
    }

    static string Shorten(string label, int longest) => label.Length > longest ? label[..(longest - 1)] + "…" : label;

    static string Examples(IReadOnlyList<RunData> runs) => DifferingKeys.Of(runs) is { Count: > 0 } keys ? string.Join(", ", keys.Take(4)) : "train.learning_rate";
}

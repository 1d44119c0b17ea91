using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Sweeps;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Commands;

/// <summary>Finds the run that a person means.</summary>
static class RunArgument
{
    /// <summary>What a selector may be, for help texts.</summary>
    public const string Description = "Run: id or the start of one (4 characters or more), its last four characters, a name, @last, @1 (newest first), @best:METRIC, tag:NAME, or an experiment file that is no sweep (its newest run)";

    /// <summary>What several selectors may be, for help texts.</summary>
    public const string SeveralDescription = "Runs: each an id or the start of one, a name, @last, @best:METRIC, tag:NAME, sweep:ID, where:CONDITIONS as in list -F, or an experiment file (its newest sweep or run)";

    const string SweepPrefix = "sweep:";

    /// <summary>Whether a selector is the path of an experiment file, which may be missing.</summary>
    public static bool NamesFile(string selector) => Path.GetExtension(selector) is ".yaml" or ".yml" && !selector.StartsWith("where:", StringComparison.Ordinal);

    /// <summary>All runs that some selectors mean; of a file that was edited since, it says so.</summary>
    /// <param name="globals">Where to.</param>
    /// <param name="queries">The results file.</param>
    /// <param name="selectors">What the user named them by.</param>
    /// <param name="what">What is done with what is stored: <c>is compared</c>.</param>
    /// <exception cref="NoSuchRunException">One of them means none.</exception>
    public static SelectedRuns ResolveAll(Globals globals, RunQueries queries, IReadOnlyList<string> selectors, string what)
    {
        SelectedRuns all = ResolveAll(queries, selectors);
        foreach (string selector in selectors.Where(EditedFile.IsFile).Distinct())
            EditedFile.Note(globals, queries, selector, ResolveAll(queries, [selector]), what);
        foreach (string selector in selectors.Distinct())
        {
            NoteBest(globals, queries, selector);
            NoteSweeps(globals, queries, selector);
        }

        return all;
    }

    /// <summary>Says of a sweep's name that other sweeps have it: a name means one alone, the newest that has runs.</summary>
    public static void NoteSweeps(Globals globals, RunQueries queries, string selector)
    {
        if (selector.StartsWith(SweepPrefix, StringComparison.Ordinal))
            NoteSweeps(globals, queries, selector, queries.GetSweep(selector, withRuns: true));
    }

    /// <inheritdoc cref="NoteSweeps(Globals, RunQueries, string)"/>
    /// <param name="globals">Where to.</param>
    /// <param name="queries">The results file.</param>
    /// <param name="selector">What the user named it by.</param>
    /// <param name="meant">The sweep that it means.</param>
    public static void NoteSweeps(Globals globals, RunQueries queries, string selector, SweepDetail meant)
    {
        string name = selector.StartsWith(SweepPrefix, StringComparison.Ordinal) ? selector[SweepPrefix.Length..] : selector;
        int others = queries.ListSweeps().Count(sweep => sweep.Name == name) - 1;
        if (others > 0)
            globals.Note($"{selector} means sweep {meant.Sweep.Id}. {(others == 1 ? "Another one has" : $"{others} others have")} that name: {globals.Command("list --sweeps")}");
    }

    /// <summary>Says of a best run that it is that of several data sets.</summary>
    static void NoteBest(Globals globals, RunQueries queries, string selector)
    {
        const string best = "@best:", dataset = "data.dataset";
        if (!selector.StartsWith(best, StringComparison.Ordinal))
            return;
        string metric = selector[best.Length..];
        string[] names = [.. queries.List(new RunFilter { Limit = null, Columns = [dataset, metric] }).Where(run => run.Number(metric) is not null).Select(run => run.Parameters.GetValueOrDefault(dataset, "")).Distinct().Order(StringComparer.Ordinal)];
        if (names.Length > 1)
            globals.Note($"{selector} is the best of runs of several data sets ({string.Join(", ", names)}), whose errors are not comparable. Of one: {globals.Command($"list -F {dataset}={names[0]} --sort {(queries.Definitions.GetValueOrDefault(MetricKey.Parse(metric)?.Name ?? "")?.Goal == "higher" ? "-" : "")}{metric}")}");
    }

    /// <summary>Says of names which other runs have them: a name means the newest alone.</summary>
    public static void NoteNamesakes(Globals globals, RunQueries queries, IEnumerable<string> selectors)
    {
        foreach (string name in selectors.Distinct())
        {
            int others = queries.Count(new RunFilter { Name = name }) - 1;
            if (others > 0 && queries.Resolve(name) is [var newest])
                globals.Note($"{name} means its newest run, {newest}. {(others == 1 ? "Another one has" : $"{others} others have")} that name: {ShellWord.Quote($"where:name={name}")} takes all.");
        }
    }

    /// <summary>All runs that some selectors mean.</summary>
    /// <exception cref="NoSuchRunException">One of them means none.</exception>
    public static SelectedRuns ResolveAll(RunQueries queries, IReadOnlyList<string> selectors)
    {
        (IReadOnlyList<string> Ids, SweepDetail? Sweep)[] found = [.. selectors.Select(selector => Several(queries, selector))];
        return new SelectedRuns([.. found.SelectMany(one => one.Ids).Distinct()], found is [var (_, sweep)] ? sweep : null);
    }

    static (IReadOnlyList<string>, SweepDetail?) Several(RunQueries queries, string selector)
    {
        (IReadOnlyList<string> ids, string named) = First(queries, selector, isSweepMeant: true);
        return (ids, named.StartsWith("sweep:", StringComparison.Ordinal) ? queries.GetSweep(named["sweep:".Length..], withRuns: true) : null);
    }

    /// <summary>The one sweep that a selector means: its id or a part of it, its name or experiment file, @last, @2.</summary>
    /// <exception cref="NoSuchRunException">There is none, or several.</exception>
    public static SweepDetail ResolveSweep(RunQueries queries, string selector)
    {
        if (!NamesFile(selector))
            return queries.GetSweep(selector);
        ExperimentFile? read = File.Exists(selector) ? ExperimentReader.Read(selector, []) : null;
        foreach (string candidate in Spellings(selector).Append(read?.Plan?.Name).OfType<string>())
        {
            try
            {
                return queries.GetSweep(candidate);
            }
            catch (NoSuchRunException)
            {
                // Another spelling may be known.
            }
        }

        return queries.GetSweep(selector);
    }

    /// <summary>The one run that <paramref name="selector"/> means; if that is a file that was edited since, it says so.</summary>
    /// <exception cref="NoSuchRunException">It means none, or several.</exception>
    public static string Resolve(Globals globals, RunQueries queries, string selector, string what)
    {
        string id = Resolve(queries, selector);
        EditedFile.Note(globals, queries, selector, SelectedRuns.One(id), what);
        NoteBest(globals, queries, selector);
        return id;
    }

    /// <summary>The one run that <paramref name="selector"/> means.</summary>
    /// <exception cref="NoSuchRunException">It means none, or several.</exception>
    public static string Resolve(RunQueries queries, string selector)
    {
        (IReadOnlyList<string> ids, string named) = First(queries, selector, isSweepMeant: false);
        return ids.Count == 1
            ? ids[0]
            : throw new NoSuchRunException($"'{selector}' means {ids.Count} runs: {string.Join(", ", ids.Take(5))}{(ids.Count > 5 ? ", …" : "")}. {(named.Split(':')[0] is "sweep" or "tag" or "where" ? $"Name one of them; `runner list {ShellWord.Quote(named)}` shows all." : "Give more of the id.")}");
    }

    // What was run from a file can be named by it whatever has become of the file: it may be broken by now, or have another name in it. And a file that was moved is found by the name in it.
    static (IReadOnlyList<string> Ids, string Named) First(RunQueries queries, string selector, bool isSweepMeant)
    {
        if (!NamesFile(selector))
            return (queries.Resolve(selector), selector);
        ExperimentFile? read = File.Exists(selector) ? ExperimentReader.Read(selector, []) : null;
        string[] files = [.. Spellings(selector)], sweeps = [.. files.Select(file => $"sweep:{file}")];
        string[] candidates = read?.Plan is not { } plan ? [.. isSweepMeant ? sweeps : [], .. files]
            : read.IsSweep ? [.. sweeps, $"sweep:{plan.Name}", .. files]
            : [.. files, plan.Name, .. isSweepMeant ? sweeps : []];
        NoSuchRunException? refusal = null;
        foreach (string candidate in (string[])[.. candidates, selector])
        {
            try
            {
                IReadOnlyList<string> ids = queries.Resolve(candidate);
                // Another file that is still there gave its run the same name.
                if (!files.Contains(candidate) && candidate == read?.Plan?.Name && queries.Get(ids[0]).Experiment.File is var other && !files.Contains(other) && File.Exists(Path.Combine(ProjectRoot.OfFile(selector), other)))
                {
                    refusal = new NoSuchRunException($"There is no run of {files[0]}. The newest one called '{candidate}', as it would be, was made from {other}: `runner show {ids[0]}`");
                    continue;
                }

                return (ids, candidate);
            }
            catch (NoSuchRunException e)
            {
                refusal ??= e;
            }
        }

        throw read is { Plan: null } ? new CommandException(ExitCodes.UserError, string.Join('\n', read.Problems)) : refusal!;
    }

    // As it is stored; and as it was where its folder was no project yet, or by versions that took the root of the folder that they were started in.
    static IEnumerable<string> Spellings(string file) =>
        new[] { ProjectPath.Of(file, ProjectRoot.OfFile(file)), ProjectPath.Of(file, ProjectRoot.Find(Directory.GetCurrentDirectory())), Path.GetFullPath(file).Replace('\\', '/') }.Distinct();
}

using AeVae.Runner.Sweeps;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Commands;

/// <summary>Finds the run that a person means.</summary>
static class RunSelector
{
    /// <summary>What a selector may be, for help texts.</summary>
    public const string Description = "Run: id or the start of one (4 characters or more), its last four letters, a name, @last, @1 (newest first), @best:METRIC, tag:NAME, or an experiment file (its newest run)";

    /// <summary>What several selectors may be, for help texts.</summary>
    public const string SeveralDescription = "Runs: each an id or the start of one, a name, @last, @best:METRIC, tag:NAME, sweep:ID, or an experiment file (its newest sweep or run)";

    /// <summary>All runs that some selectors mean.</summary>
    /// <exception cref="NoSuchRunException">One of them means none.</exception>
    public static SelectedRuns ResolveAll(RunQueries queries, IReadOnlyList<string> selectors)
    {
        (IReadOnlyList<string> Ids, SweepDetail? Sweep)[] found = [.. selectors.Select(selector => Several(queries, selector))];
        return new SelectedRuns([.. found.SelectMany(one => one.Ids).Distinct()], found is [var (_, sweep)] ? sweep : null);
    }

    static (IReadOnlyList<string>, SweepDetail?) Several(RunQueries queries, string selector)
    {
        string named = IsExperimentFile(selector) ? NameIn(selector) : selector;
        return (queries.Resolve(named), named.StartsWith("sweep:", StringComparison.Ordinal) ? queries.GetSweep(named["sweep:".Length..]) : null);
    }

    /// <summary>The one run that <paramref name="selector"/> means.</summary>
    /// <exception cref="NoSuchRunException">It means none, or several.</exception>
    public static string Resolve(RunQueries queries, string selector)
    {
        IReadOnlyList<string> ids = queries.Resolve(IsExperimentFile(selector) ? NameIn(selector) : selector);
        return ids.Count == 1
            ? ids[0]
            : throw new NoSuchRunException($"'{selector}' means {ids.Count} runs: {string.Join(", ", ids.Take(5))}{(ids.Count > 5 ? ", …" : "")}. Give more of the id.");
    }

    static bool IsExperimentFile(string selector) =>
        Path.GetExtension(selector) is ".yaml" or ".yml" && File.Exists(selector);

    static string NameIn(string file)
    {
        SweepResult read = SweepReader.Read(file, []);
        return read.Plan is { } plan ? (read.IsSweep ? $"sweep:{plan.Name}" : plan.Name) : throw new CommandException(ExitCodes.UserError, string.Join('\n', read.Problems));
    }
}

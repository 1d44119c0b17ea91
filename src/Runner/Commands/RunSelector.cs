using AeVae.Runner.Specs;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>Finds the run that a person means.</summary>
static class RunSelector
{
    /// <summary>What a selector may be, for help texts.</summary>
    public const string Description = "Run: id or the start of one (4 characters or more), its last four letters, a name, @last, @1 (newest first), @best:METRIC, tag:NAME, or an experiment file (its newest run)";

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
        SpecResult read = SpecReader.Read(file, []);
        return read.Spec?.Name ?? throw new CommandException(ExitCodes.UserError, string.Join('\n', read.Problems));
    }
}

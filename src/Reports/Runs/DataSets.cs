using AeVae.Tracking.Code;

namespace AeVae.Reports.Runs;

/// <summary>The data sets that some runs read. Errors on different ones are not comparable: other images, other grey levels, or files of one name with other bytes.</summary>
sealed class DataSets
{
    readonly ILookup<string, string[]> filesByName;

    public DataSets(IReadOnlyCollection<RunData> runs)
    {
        filesByName = runs.Select(run => (Name: Name(run), Files: Files(run))).DistinctBy(run => (run.Name, string.Join('\n', run.Files))).ToLookup(run => run.Name, run => run.Files);
        Names = [.. runs.Select(Of).Distinct()];
    }

    /// <summary>Each once, in the order of the runs.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The one that a run read, such as <c>mnist with binarize threshold</c>; its first file with other bytes is named where the name is not enough.</summary>
    public string Of(RunData run)
    {
        string name = Name(run);
        string[][] stored = [.. filesByName[name].Where(files => files.Length > 0)];   // a run that stores none is taken to have read the same
        string[] files = Files(run);
        return stored.Length < 2 ? name
            : files.FirstOrDefault(file => !stored.All(other => other.Contains(file))) is { } differing ? $"{name} with {differing}"
            : $"{name} with {(files.Length == 0 ? "files that are not stored" : $"{files.Length} files")}";
    }

    /// <summary>The data set by its name, or the folder of the user's own images with what they were made into.</summary>
    public static string Images(RunData run) => run.Parameter("data.path") is { } folder
        ? $"{folder} ({run.Parameter("data.size")} × {run.Parameter("data.size")}, {run.Parameter("data.channels")})"
        : run.Parameter("data.dataset") ?? "unnamed";

    static string Name(RunData run) => Images(run) + (run.Parameter("data.binarize") is { } binarize and not ("none" or "null") ? $" with binarize {binarize}" : "");

    // By name alone: where they lie does not matter.
    static string[] Files(RunData run) =>
        [.. (run.Detail.Provenance?.DataFiles ?? []).Select(file => $"{Path.GetFileName(file.Path)} {ShortHash.Of(file.Sha256)}").Order(StringComparer.Ordinal)];
}

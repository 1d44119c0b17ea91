using AeVae.Reports.Runs;

namespace AeVae.Reports.Comparisons;

/// <summary>Keys of the configuration that groups differ in.</summary>
/// <param name="Swept">Those that tell groups of one variant apart, in the order of the sweep or of the alphabet.</param>
/// <param name="Others">Those that differ between variants or names, in alphabetic order.</param>
public sealed record DifferingKeys(IReadOnlyList<string> Swept, IReadOnlyList<string> Others)
{
    // A name is no setting, the seed is what a group leaves open, and how often a run is kept changes no number of it.
    internal static bool IsSetting(string key) => key is not ("name" or "seed") && !key.StartsWith("checkpoint.", StringComparison.Ordinal);

    // Which epoch is the best decides its numbers where that one is tested.
    static bool IsSetting(RunData run, string key) => IsSetting(key) || (key == "checkpoint.best" && run.KeepsBestEpoch);

    /// <summary>The keys in which some of the runs differ, in alphabetic order; one that only some have, all with the same value, follows from another and is none of them, but a section that some do not have (null) is.</summary>
    internal static IReadOnlyList<string> Of(IReadOnlyList<RunData> runs)
    {
        IGrouping<string, string>[] keys = [.. runs.SelectMany(run => run.Detail.Parameters.Where(parameter => IsSetting(run, parameter.Key))).GroupBy(parameter => parameter.Key, parameter => parameter.Value)];
        return [.. keys.Where(values => values.Distinct().Count() > 1 || (values.First() == "null" && keys.Any(other => other.Key.StartsWith($"{values.Key}.", StringComparison.Ordinal))))
            .Select(values => values.Key).Order(StringComparer.Ordinal)];
    }

    /// <summary>What tells the numbers of a run from those of another, but for the seed.</summary>
    internal static string SettingsOf(RunData run) => string.Join('\n', run.Detail.Parameters.Where(parameter => IsSetting(run, parameter.Key)).Select(parameter => $"{parameter.Key}={parameter.Value}"));

    /// <summary>A key as short as it can be among others: <c>latent_dim</c>, <c>optimizer.type</c>.</summary>
    public static string Shorten(string key, IEnumerable<string> all)
    {
        ArgumentNullException.ThrowIfNull(key);
        string[] others = [.. all.Where(other => other != key)];
        string[] parts = key.Split('.');
        for (int count = 1; count < parts.Length; count++)
        {
            string shortened = string.Join('.', parts[^count..]);
            // These say too little on their own.
            if (shortened is not ("type" or "every" or "keep" or "best") && !others.Any(other => other.EndsWith('.' + shortened, StringComparison.Ordinal))) return shortened;
        }

        return key;
    }
}

using System.Text.RegularExpressions;

namespace AeVae.Runner.Specs;

/// <summary>What can be told of <see cref="SlurmOptions"/> without a cluster.</summary>
static partial class SlurmRules
{
    static readonly Dictionary<string, string> Keys = new() { ["partition"] = "partition", ["time"] = "time", ["cpus-per-task"] = "cpus", ["mem"] = "memory" };

    // What the launcher sets, and what would keep it from finding its tasks again.
    static readonly string[] Reserved =
        ["array", "job-name", "output", "error", "open-mode", "chdir", "parsable", "signal", "requeue", "no-requeue", "dependency", "ntasks", "wrap", "wait", "test-only", "export-file"];

    /// <summary>What is wrong, for people; empty when nothing is.</summary>
    public static IEnumerable<string> Defects(SlurmOptions options)
    {
        if (options.Time is { } time && !Time().IsMatch(time))
            yield return $"'sweep.slurm.time' is '{time}', but Slurm knows \"minutes\", \"hours:minutes:seconds\", \"days-hours\" and \"days-hours:minutes:seconds\". Write \"02:00:00\" for two hours.";
        if (options.Memory is { } memory && !Memory().IsMatch(memory))
            yield return $"'sweep.slurm.memory' is '{memory}', but must be a whole number with K, M, G or T, such as 4G.";
        foreach (string option in options.Options)
        {
            if (Option().Match(option) is not { Success: true } match)
                yield return $"'sweep.slurm.options' holds '{option}', but each must be one long option of sbatch, such as --account=vision.";
            else if (Keys.TryGetValue(match.Groups[1].Value, out string? key))
                yield return $"'sweep.slurm.options' holds '{option}'; write it as the key 'sweep.slurm.{key}'.";
            else if (Reserved.Contains(match.Groups[1].Value))
                yield return $"'sweep.slurm.options' holds '{option}', which the launcher sets itself. Remove it.";
        }
    }

    [GeneratedRegex(@"^\d+(-\d+(:\d+){0,2}|(:\d+){0,2})$")]
    private static partial Regex Time();

    [GeneratedRegex("^[1-9][0-9]*[KMGT]?$")]
    private static partial Regex Memory();

    [GeneratedRegex("^--([a-z][a-z-]*)(=.*)?$")]
    private static partial Regex Option();
}

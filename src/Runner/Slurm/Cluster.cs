using System.Globalization;
using System.Text.RegularExpressions;
using AeVae.Runner.Invocation;

namespace AeVae.Runner.Slurm;

/// <summary>Asks Slurm, and gives it jobs.</summary>
/// <exception cref="SlurmException">Any call: it is not there, does not answer or refuses.</exception>
static partial class Cluster
{
    /// <summary>Every index of a job array is below it.</summary>
    public static int MaxArraySize()
    {
        int size = MaxArraySizeLine().Match(SlurmProgram.Run("scontrol", "show", "config")) is { Success: true } line ? int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture) : 1001;   // Slurm's default
        return size > 1 ? size : throw new SlurmException(ExitCodes.UserError, $"Slurm is set up without job arrays (MaxArraySize = {size}).");
    }

    /// <summary>Submits a job.</summary>
    /// <returns>Its id.</returns>
    public static string Submit(IEnumerable<string> arguments) =>
        SlurmProgram.Run("sbatch", ["--parsable", .. arguments]).Trim().Split(';')[0];   // a federation adds ;CLUSTER

    /// <summary>Tasks of the jobs of this name that wait, run, or ended minutes ago.</summary>
    public static IReadOnlyList<SlurmTask> Tasks(string jobName) =>
        [.. Rows(SlurmProgram.Run("squeue", "--array", "--states=all", "--noheader", $"--name={jobName}", "--format=%F|%K|%T|%r|%N"))
            .Where(row => row.Length == 5 && IsIndex(row[1]))
            .Select(row => new SlurmTask(row[0], Number(row[1]), row[2], row[3] is "" or "None" ? null : row[3], row[4].Length == 0 ? null : row[4]))];

    /// <summary>Tasks that Slurm's accounting remembers; none where it has no accounting.</summary>
    public static IReadOnlyList<SlurmTask> Remembered(IReadOnlyList<string> jobs)
    {
        if (jobs.Count == 0)
            return [];
        try
        {
            return [.. from row in Rows(SlurmProgram.Run("sacct", "--array", "--allocations", "--noheader", "--parsable2", $"--jobs={string.Join(',', jobs)}", "--format=JobID,State,NodeList"))
                    where row.Length == 3
                    let id = row[0].Split('_')
                    where id.Length == 2 && IsIndex(id[1])
                    select new SlurmTask(id[0], Number(id[1]), row[1].Split(' ')[0], null, row[2].StartsWith("None", StringComparison.Ordinal) ? null : row[2])];   // CANCELLED by 1000
        }
        catch (SlurmException)
        {
            return [];
        }
    }

    static IEnumerable<string[]> Rows(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|'));

    static bool IsIndex(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^MaxArraySize\s*=\s*(\d+)", RegexOptions.Multiline)]
    private static partial Regex MaxArraySizeLine();
}

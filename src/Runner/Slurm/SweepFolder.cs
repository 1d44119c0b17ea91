using System.Globalization;
using AeVae.Reports;
using AeVae.Tracking;

namespace AeVae.Runner.Slurm;

/// <summary>Files of a sweep on a cluster, beside the database: <c>runs/sweeps/261121-181500-k3f9/</c>.</summary>
/// <param name="databasePath">Full path of the database.</param>
/// <param name="sweepId">The sweep.</param>
sealed class SweepFolder(string databasePath, string sweepId)
{
    /// <summary>The folder itself.</summary>
    public string Path { get; } = System.IO.Path.Combine(RunQueries.RunsFolder(databasePath), "sweeps", sweepId);

    /// <summary>Name of its jobs.</summary>
    public string JobName => $"sweep-{sweepId}";

    /// <summary>The results file that tasks begin with: the sweep, and no run.</summary>
    public string FrozenDatabase => System.IO.Path.Combine(Path, "frozen.db");

    /// <summary>What a task does.</summary>
    public string Script => System.IO.Path.Combine(Path, "job.sh");

    /// <summary>What was asked of Slurm, and which jobs were submitted.</summary>
    public string Submissions => System.IO.Path.Combine(Path, "slurm.json");

    /// <summary>The results file of one trial's task; its checkpoints lie beside it.</summary>
    public string Database(int trial) => System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture, $"trial-{trial:0000}"), "results.db");

    /// <summary>The results files of all tasks, for a shell.</summary>
    public string DatabasesInShell(Func<string, string> shown) => $"{ShellWord.Quote(shown(Path))}/trial-*/results.db";

    /// <summary>What a task wrote.</summary>
    public string Log(SlurmTask task) => System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture, $"job-{task.Job}-{task.Index}.log"));

    /// <summary>Where Slurm is to write what tasks write, in its own spelling.</summary>
    public string LogPattern => $"{Path.Replace("%", "%%", StringComparison.Ordinal)}/job-%A-%a.log";
}

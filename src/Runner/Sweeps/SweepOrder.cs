using AeVae.Runner.Specs;

namespace AeVae.Runner.Sweeps;

/// <summary>Who trains the trials of a sweep.</summary>
enum Launcher
{
    /// <summary>This process.</summary>
    Local,

    /// <summary>Tasks of a Slurm cluster.</summary>
    Slurm,
}

/// <summary>How a sweep is carried out, as the command line says.</summary>
sealed record SweepOrder
{
    /// <summary>Numbers of the trials that are meant; none for all of them.</summary>
    public IReadOnlyList<int> Only { get; init; } = [];

    /// <summary>Who trains them.</summary>
    public Launcher Launcher { get; init; } = Launcher.Local;

    /// <summary>What the file asks of Slurm for each task; null where it says nothing, or was not named.</summary>
    public SlurmOptions? Slurm { get; init; }

    /// <summary>Trials at once.</summary>
    public required int Parallel { get; init; }

    /// <summary>Threads of all trials together.</summary>
    public required int Threads { get; init; }

    /// <summary>Stored runs that are equal to a trial are taken for it.</summary>
    public bool Needed { get; init; }

    /// <summary>Trials that failed are trained again.</summary>
    public bool RetryFailed { get; init; }

    /// <summary>Write the report.</summary>
    public bool WritesReport { get; init; } = true;

    /// <summary>Labels of the runs.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>A remark on the runs.</summary>
    public string? Note { get; init; }

    /// <summary>The command and its arguments.</summary>
    public required string[] CommandLine { get; init; }
}

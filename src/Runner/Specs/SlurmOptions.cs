using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace AeVae.Runner.Specs;

/// <summary>What <c>sweep --launcher slurm</c> asks of Slurm for the task of each trial.</summary>
[Description("What each trial is given on a Slurm cluster (`sweep --launcher slurm`).")]
sealed record SlurmOptions
{
    /// <summary>Partition; null for the cluster's default.</summary>
    [Description("Partition that tasks are sent to; null: the cluster's default.")]
    public string? Partition { get; init; }

    /// <summary>Time limit of a task in Slurm's own spelling; null for the partition's.</summary>
    [Description("Time limit of a task in quotes, as \"02:00:00\" or \"1-12:00:00\"; null: the partition's. Two minutes before it the trial stops at its checkpoint, and goes on in the same task, requeued.")]
    public string? Time { get; init; }

    /// <summary>Processors of a task, and threads of its trial.</summary>
    [Description("Processors of a task; its trial uses as many threads."), Range(1, 256)]
    public int Cpus { get; init; } = 2;

    /// <summary>Memory of a task in Slurm's own spelling; null for the cluster's default.</summary>
    [Description("Memory of a task, such as 4G or 800M; null: the cluster's default.")]
    public string? Memory { get; init; }

    /// <summary>Tasks that may run at once.</summary>
    [Description("Tasks that may run at once; null: as many as Slurm has room for."), Range(1, int.MaxValue)]
    public int? AtOnce { get; init; }

    /// <summary>Further options of sbatch.</summary>
    [Description("Further options of sbatch, one text each: [--account=vision, --constraint=avx2].")]
    public IReadOnlyList<string> Options { get; init; } = [];
}

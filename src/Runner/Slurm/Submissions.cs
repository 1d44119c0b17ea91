using System.Text.Json;
using AeVae.Runner.Specs;
using AeVae.Tracking;

namespace AeVae.Runner.Slurm;

/// <summary>What was asked of Slurm for a sweep; kept as JSON in its folder, since accounting may be off and forgets.</summary>
sealed record Submissions
{
    static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>What each task is given.</summary>
    public required SlurmOptions Options { get; init; }

    /// <summary>Jobs that were submitted, in order.</summary>
    public IReadOnlyList<SubmittedJob> Jobs { get; init; } = [];

    /// <summary>Reads them; null when nothing was ever asked.</summary>
    /// <exception cref="StorageException">The file is damaged.</exception>
    public static Submissions? Read(SweepFolder folder)
    {
        try
        {
            return File.Exists(folder.Submissions) ? JsonSerializer.Deserialize<Submissions>(File.ReadAllText(folder.Submissions), Json) : null;
        }
        catch (JsonException damage)
        {
            throw new StorageException($"{folder.Submissions} is damaged: {damage.Message} Move it away; jobs that were submitted are listed by: squeue --name={folder.JobName}", damage);
        }
    }

    /// <summary>Writes them, whole or not at all.</summary>
    public void Write(SweepFolder folder) => WholeFile.Write(folder.Submissions, JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>The trial of a task; null when its job is not known here.</summary>
    public int? TrialOf(SlurmTask task) => Jobs.FirstOrDefault(job => job.Id == task.Job) is { } job ? job.Offset + task.Index : null;
}

/// <summary>A job array that Slurm has taken.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Offset">What is added to the index of a task to give its trial.</param>
/// <param name="Trials">Numbers of its trials.</param>
/// <param name="SubmittedAt">When, UTC.</param>
sealed record SubmittedJob(string Id, int Offset, IReadOnlyList<int> Trials, DateTimeOffset SubmittedAt);

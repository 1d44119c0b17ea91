using System.Globalization;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Tracking;
using AeVae.Tracking.Code;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Slurm;

/// <summary>Gives the trials of a frozen list to Slurm as job arrays.</summary>
/// <param name="globals">Where results and data are.</param>
/// <param name="sweep">The frozen list.</param>
/// <param name="taskOptions">Options of <c>runner sweep</c> for every task.</param>
sealed class Submission(Globals globals, SweepDetail sweep, IReadOnlyList<string> taskOptions)
{
    const int SecondsBeforeLimit = 120;   // Slurm may signal a minute early, and an epoch's state takes seconds to write

    readonly SweepFolder folder = new(globals.DatabasePath, sweep.Sweep.Id);

    /// <summary>Submits trials; each array that Slurm has taken is remembered at once.</summary>
    /// <param name="options">What each task is given; null: what it was given last time, else the defaults.</param>
    /// <param name="trials">Those that are not done.</param>
    /// <returns>The jobs.</returns>
    /// <exception cref="SlurmException">Slurm is not there, does not answer or refuses; what it has taken before stays submitted.</exception>
    public IReadOnlyList<SubmittedJob> Submit(SlurmOptions? options, IReadOnlyList<TrialProgress> trials)
    {
        Directory.CreateDirectory(folder.Path);
        Submissions known = Submissions.Read(folder) ?? new Submissions { Options = options ?? new SlurmOptions() };
        known = known with { Options = options ?? known.Options };
        known.Write(folder);

        int maxArraySize = Cluster.MaxArraySize();
        IReadOnlyList<SlurmTask> tasks = [.. Cluster.Tasks(folder.JobName).Where(task => task.IsActive)];
        HashSet<int> active = ActiveTrials(known, tasks);
        IReadOnlyList<JobArray> arrays = JobArray.Of(trials.Select(trial => trial.Trial.Number).Where(number => !active.Contains(number)), maxArraySize);
        if (arrays.Count == 0)
            return [];
        Prepare([.. trials.Where(trial => !active.Contains(trial.Trial.Number))]);
        string? previousJob = known.Jobs.LastOrDefault(job => tasks.Any(task => task.Job == job.Id))?.Id;
        List<SubmittedJob> jobs = [];
        foreach (JobArray array in arrays)
        {
            string id = Cluster.Submit(Arguments(known.Options, array, previousJob));
            previousJob = id;
            jobs.Add(new SubmittedJob(id, array.Offset, array.Trials, DateTimeOffset.UtcNow));
            known = known with { Jobs = [.. known.Jobs, jobs[^1]] };
            known.Write(folder);
        }

        return jobs;
    }

    /// <summary>Trials that wait or run already.</summary>
    HashSet<int> ActiveTrials(Submissions known, IReadOnlyList<SlurmTask> tasks)
    {
        HashSet<int> active = [];
        foreach (SlurmTask task in tasks)
        {
            active.Add(known.TrialOf(task) ?? throw new SlurmException(ExitCodes.UserError,
                $"Slurm has a job {task.Job} of this sweep that {folder.Submissions} does not know, so its trials might be trained twice. Wait for it, or cancel it: scancel {task.Job}"));
        }

        return active;
    }

    void Prepare(IReadOnlyList<TrialProgress> trials)
    {
        CopySweep(folder.FrozenDatabase, []);
        foreach (TrialProgress trial in trials.Where(trial => trial.RunId is not null && trial.Database == globals.DatabasePath))
        {
            // Begun here: it goes on there.
            string database = folder.Database(trial.Trial.Number);
            Directory.CreateDirectory(Path.GetDirectoryName(database)!);
            new RunFolder(globals.DatabasePath, trial.RunId!).CopyTo(new RunFolder(database, trial.RunId!));
            CopySweep(database, [trial.RunId!]);
        }

        File.WriteAllText(folder.Script, JobScript.Text(folder, sweep.Sweep.Id, ProgramCopy.Make(folder, ProgramCode.Read(SourceFolder.Of(globals.ProjectRoot), globals.DatabasePath)), globals));
    }

    void CopySweep(string database, IReadOnlyList<string> runs)
    {
        string temporary = database + ".new";
        File.Delete(temporary);
        using (RunStore store = RunStore.Open(temporary))
            store.Merge(globals.DatabasePath, runs, [sweep.Sweep.Id]);
        File.Move(temporary, database, overwrite: true);
    }

    IEnumerable<string> Arguments(SlurmOptions options, JobArray array, string? previousJob)
    {
        string limit = options.AtOnce is { } atOnce ? string.Create(CultureInfo.InvariantCulture, $"%{atOnce}") : "";
        yield return $"--array={array.Indexes}{limit}";
        yield return $"--job-name={folder.JobName}";
        yield return "--ntasks=1";
        yield return string.Create(CultureInfo.InvariantCulture, $"--cpus-per-task={options.Cpus}");
        if (options.Memory is { } memory)
            yield return $"--mem={memory}";
        if (options.Time is { } time)
            yield return $"--time={time}";
        if (options.Partition is { } partition)
            yield return $"--partition={partition}";
        if (previousJob is not null && options.AtOnce is not null)
            yield return $"--dependency=afterany:{previousJob}";   // the limit holds within an array only
        yield return "--requeue";
        yield return string.Create(CultureInfo.InvariantCulture, $"--signal=B:USR1@{SecondsBeforeLimit}");
        yield return "--open-mode=append";
        yield return $"--output={folder.LogPattern}";
        yield return $"--chdir={folder.Path}";
        foreach (string option in options.Options)
            yield return option;
        yield return folder.Script;
        yield return array.Offset.ToString(CultureInfo.InvariantCulture);
        foreach (string option in taskOptions)
            yield return option;
    }
}

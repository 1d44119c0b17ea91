using System.Text.Json.Nodes;
using AeVae.Reports;
using AeVae.Runner.Invocation;
using AeVae.Runner.Slurm;
using AeVae.Runner.Sweeps;
using AeVae.Runner.Views;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Commands;

/// <summary>Submits a frozen list for a command, and says what to type next.</summary>
static class SlurmLaunch
{
    /// <summary>Submits what is not done.</summary>
    /// <param name="globals">Where results and data are.</param>
    /// <param name="sweep">The frozen list.</param>
    /// <param name="order">What was asked for.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="CommandException">Slurm is not there, does not answer or refuses; the list stays.</exception>
    public static int Submit(Globals globals, SweepDetail sweep, SweepOrder order)
    {
        (string id, SweepFolder folder) = (sweep.Sweep.Id, new SweepFolder(globals.DatabasePath, sweep.Sweep.Id));
        IReadOnlyList<TrialProgress> all = TrialProgress.Of(globals.DatabasePath, sweep);
        IReadOnlyList<TrialProgress> toDo = [.. all.Where(trial =>
            (order.Only.Count == 0 || order.Only.Contains(trial.Trial.Number)) && !trial.IsDone && (trial.Status != RunStatus.Failed || order.RetryFailed))];
        if (order.Slurm is null && !File.Exists(folder.Submissions))
            throw new CommandException(ExitCodes.UserError, $"sweep {id} was not on Slurm before: name its file too, whose section 'sweep.slurm' says what tasks are given: {globals.Command($"sweep --resume {id} {ShellWord.Quote(sweep.Sweep.File)} --launcher slurm")}");
        try
        {
            IReadOnlyList<SubmittedJob> jobs = new Submission(globals, sweep, [.. TaskOptions(order)]).Submit(order.Slurm, toDo);
            if (sweep.Outline.MaxFailed is not null)
                globals.Note("sweep.max_failed does not stop tasks of a cluster: each trains its trial by itself");
            Write(globals, sweep, folder, jobs, toDo.Count);
            return ExitCodes.Ok;
        }
        catch (SlurmException e)
        {
            int taken = Submissions.Read(folder)?.Jobs.Count ?? 0;
            throw new CommandException(e.ExitCode, $"{e.Message}\nSweep {id} is frozen, nothing is lost{(taken > 0 ? $"; {Counted.Of(taken, "job array")} {(taken == 1 ? "was" : "were")} submitted before" : "")}. "
                + $"When that is set right: {globals.Command($"sweep --resume {id} --launcher slurm")}\n"
                + $"What tasks are given stands in the section 'sweep.slurm' of {sweep.Sweep.File}; after a change of it, name the file too. Without Slurm: {globals.Command($"sweep --resume {id}")}");
        }
    }

    /// <summary>Refuses options that say how this process trains.</summary>
    public static void RefuseLocalOptions(IReadOnlyList<string> given)
    {
        if (given.Count > 0)
            throw new CommandException(ExitCodes.UserError, $"{given[0]} goes with --launcher local. On Slurm the keys 'sweep.slurm.cpus' and 'sweep.slurm.at_once' say how many processors a task has and how many run at once, and each trains its trial.");
    }

    /// <summary>Refuses to have tasks train what a process trains here.</summary>
    public static void RefuseBesideProcess(Globals globals, string id, IReadOnlyList<TrialProgress> trials)
    {
        if (trials.FirstOrDefault(trial => trial.Status == RunStatus.Running && trial.Database == globals.DatabasePath) is { } here)
            throw new CommandException(ExitCodes.UserError, $"a process trains sweep {id} here (trial {here.Trial.Number}, run {here.RunId}), and would take trials that tasks of Slurm train too. Wait for it, or stop it: {globals.Command($"sweep status {id}")}");
    }

    /// <summary>Refuses to train here what tasks have trained or are to train.</summary>
    public static void RefuseTwice(Globals globals, SweepDetail sweep)
    {
        SweepFolder folder = new(globals.DatabasePath, sweep.Sweep.Id);
        if (Submissions.Read(folder) is not { Jobs.Count: > 0 })
            return;
        try
        {
            if (Cluster.Tasks(folder.JobName).Where(task => task.IsActive).ToList() is { Count: > 0 } active)
            {
                throw new CommandException(ExitCodes.UserError, $"{active.Count} tasks of sweep {sweep.Sweep.Id} wait or run on Slurm, and the same would be trained twice. See them: {globals.Command($"sweep status {sweep.Sweep.Id}")}. "
                    + $"Or cancel them: scancel {string.Join(' ', active.Select(task => task.Job).Distinct())}");
            }
        }
        catch (SlurmException e)
        {
            globals.Note($"{e.Message} Whether tasks of this sweep still run there is not known.");
        }

        if (TrialProgress.Of(globals.DatabasePath, sweep).Count(trial => trial.IsToMerge) is > 0 and var trained)
            throw new CommandException(ExitCodes.UserError, $"{trained} trials of sweep {sweep.Sweep.Id} were trained by tasks of Slurm, which this database does not know yet. Bring them in first: {globals.Command($"merge {folder.DatabasesInShell(PathText.Of)}")}");
    }

    static IEnumerable<string> TaskOptions(SweepOrder order)
    {
        if (order.RetryFailed)
            yield return "--retry-failed";
        foreach (string tag in order.Tags)
            yield return $"--tag={tag}";
        if (order.Note is { } note)
            yield return $"--note={note}";
    }

    static void Write(Globals globals, SweepDetail sweep, SweepFolder folder, IReadOnlyList<SubmittedJob> jobs, int toDo)
    {
        (string id, TextWriter output) = (sweep.Sweep.Id, globals.Output);
        int submitted = jobs.Sum(job => job.Trials.Count);
        if (globals.Json)
        {
            output.WriteLine(new JsonObject
            {
                ["event"] = "sweep_submitted",
                ["sweep_id"] = id,
                ["trials"] = sweep.Trials.Count,
                ["submitted"] = submitted,
                ["folder"] = folder.Path,
                ["jobs"] = new JsonArray([.. jobs.Select(job => new JsonObject
                {
                    ["job_id"] = job.Id,
                    ["offset"] = job.Offset,
                    ["trials"] = new JsonArray([.. job.Trials]),
                })]),
            }.ToJsonString());
            return;
        }

        if (globals.Quiet)
        {
            output.WriteLine(id);
            return;
        }

        LabelledLines lines = new(output);
        output.WriteLine($"sweep {id} on Slurm");
        lines.Write("experiment", $"{sweep.Sweep.Name}, {sweep.Sweep.File}");
        lines.Write("trials", $"{Numbers.Count(sweep.Trials.Count)}, {Numbers.Count(toDo)} to do, {Numbers.Count(submitted)} submitted now{(submitted < toDo ? "; the others wait or run already" : "")}");
        foreach (SubmittedJob job in jobs)
            lines.Write("job", $"{job.Id}: trials {new JobArray(0, job.Trials).Indexes}");
        lines.Write("folder", PathText.Of(folder.Path));
        lines.Write("next", globals.Command($"sweep status {id}"), globals.Command($"merge {folder.DatabasesInShell(PathText.Of)}"));
        output.WriteLine($"sweep {id} {(submitted > 0 ? $"submitted: {Numbers.Count(submitted)} trials in {Counted.Of(jobs.Count, "job array")}" : "has nothing to submit")}");
    }
}

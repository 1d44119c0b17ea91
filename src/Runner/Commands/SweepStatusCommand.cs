using System.CommandLine;
using AeVae.Runner.Invocation;
using AeVae.Runner.Slurm;
using AeVae.Runner.Views;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Commands;

/// <summary><c>runner sweep status [SWEEP]</c>: where each trial stands, here and on Slurm.</summary>
static class SweepStatusCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string> selector = new("SWEEP") { Description = "Sweep: its id or a part of it, its name or experiment file, @last, @2", DefaultValueFactory = _ => "@last" };
        Command command = new("status", "Show where each trial of a sweep stands, here and on Slurm") { selector };
        command.SetAction(parsed => Show(globals.Read(parsed), parsed.GetRequiredValue(selector)));
        return command;
    }

    static int Show(Globals globals, string selector)
    {
        SweepDetail sweep;
        using (RunQueries queries = DatabaseFile.Open(globals))
            sweep = RunArgument.ResolveSweep(queries, selector);
        SweepFolder folder = new(globals.DatabasePath, sweep.Sweep.Id);
        Submissions? submissions = Submissions.Read(folder);
        IReadOnlyList<TrialProgress> trials = TrialProgress.Of(globals.DatabasePath, sweep);
        if (submissions is { Jobs.Count: > 0 })
            trials = WithTasks(trials, submissions, Tasks(globals, folder, submissions));
        SweepStatusText text = new(globals, sweep, trials, submissions is null && !trials.Any(trial => trial.IsToMerge) ? null : folder);
        if (globals.Json)
            globals.Output.WriteLine(text.Json().ToJsonString());
        else
            text.Write();
        return ExitCodes.Ok;
    }

    static IReadOnlyList<SlurmTask> Tasks(Globals globals, SweepFolder folder, Submissions submissions)
    {
        try
        {
            // Of one task, what the queue says is newer than what accounting says.
            return [.. Cluster.Tasks(folder.JobName).Concat(Cluster.Remembered([.. submissions.Jobs.Select(job => job.Id)])).DistinctBy(task => (task.Job, task.Index))];
        }
        catch (SlurmException e)
        {
            globals.Note($"{e.Message} The states of its tasks are not shown.");
            return [];
        }
    }

    // A trial that was submitted again has several tasks: the one that runs counts, else that of the newest job.
    static IReadOnlyList<TrialProgress> WithTasks(IReadOnlyList<TrialProgress> trials, Submissions submissions, IReadOnlyList<SlurmTask> tasks)
    {
        List<string> order = [.. submissions.Jobs.Select(job => job.Id)];
        ILookup<int?, SlurmTask> byTrial = tasks.ToLookup(submissions.TrialOf);
        return [.. trials.Select(trial => trial with { Task = byTrial[trial.Trial.Number].OrderBy(task => task.IsActive).ThenBy(task => order.IndexOf(task.Job)).LastOrDefault() })];
    }
}

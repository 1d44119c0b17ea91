using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AeVae.Reports;
using AeVae.Runner.Invocation;
using AeVae.Runner.Slurm;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Views;

/// <summary>What <c>sweep status</c> says.</summary>
/// <param name="globals">Where it goes.</param>
/// <param name="sweep">The frozen list.</param>
/// <param name="trials">Where its trials stand.</param>
/// <param name="folder">Its files on Slurm; null when it never was there.</param>
sealed class SweepStatusText(Globals globals, SweepDetail sweep, IReadOnlyList<TrialProgress> trials, SweepFolder? folder)
{
    readonly string id = sweep.Sweep.Id;

    /// <summary>A line for each trial, how many there are of each kind, and what to type next.</summary>
    public void Write()
    {
        TextWriter output = globals.Output;
        output.WriteLine($"sweep {id}: {sweep.Sweep.Name}, {sweep.Sweep.File}");
        if (!globals.Quiet)
            WriteTable(output);
        output.WriteLine(Summary());
        new LabelledLines(output, 6).Write("next", Next().Select(globals.Command));
    }

    /// <summary>The same for scripts.</summary>
    public JsonObject Json() => new()
    {
        ["sweep_id"] = id,
        ["name"] = sweep.Sweep.Name,
        ["file"] = sweep.Sweep.File,
        ["metric"] = sweep.Sweep.Metric,
        ["folder"] = folder?.Path,
        ["counts"] = JsonSerializer.SerializeToNode(trials.CountBy(trial => trial.Status.Word()).ToDictionary()),
        ["trials"] = new JsonArray([.. trials.Select(Json)]),
        ["next"] = new JsonArray([.. Next().Select(globals.Command)]),
    };

    JsonObject Json(TrialProgress trial) => new()
    {
        ["trial"] = trial.Trial.Number,
        ["name"] = trial.Trial.Name,
        ["variant"] = trial.Trial.Variant,
        ["seed"] = trial.Trial.Seed,
        ["values"] = JsonSerializer.SerializeToNode(trial.Trial.Parameters.ToDictionary()),
        ["status"] = trial.Status.Word(),
        ["reason"] = trial.Reason,
        ["run_id"] = trial.RunId,
        ["database"] = trial.RunId is null ? null : trial.Database,
        ["merged"] = trial is { RunId: not null, IsKnownHere: true },
        ["epochs"] = trial.EpochsDone,
        ["epochs_planned"] = trial.EpochsPlanned,
        ["value"] = JsonRunView.Number(trial.Value),
        ["slurm"] = trial.Task is not { } task ? null : new JsonObject
        {
            ["job_id"] = task.Job,
            ["task"] = task.Index,
            ["state"] = task.State,
            ["reason"] = task.Reason,
            ["node"] = task.Node,
            ["log"] = folder!.Log(task),
        },
    };

    void WriteTable(TextWriter output)
    {
        List<string> columns = [" trial", "", "status", " epochs", $" {sweep.Sweep.Metric}", "run"];
        if (folder is not null)
            columns.Insert(3, "Slurm");
        TextTable table = new([.. columns]);
        foreach (TrialProgress trial in trials)
        {
            List<Cell> cells =
            [
                trial.Trial.Number.ToString(CultureInfo.InvariantCulture),
                SweepText.Trial(trial.Trial),
                trial.Status == RunStatus.Queued ? "not begun" : StatusText.Cell(trial.Status),
                trial.RunId is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{trial.EpochsDone}/{trial.EpochsPlanned}"),
                trial.Value is { } value ? Numbers.Metric(value) : "",
                trial.RunId ?? "",
            ];
            if (folder is not null)
                cells.Insert(3, TaskText(trial.Task));
            table.Add([.. cells]);
        }

        table.Write(output, globals.ColorsOutput);
        TrialProgress[] failed = [.. trials.Where(trial => trial is { Status: RunStatus.Failed, Reason: not null })];
        foreach (TrialProgress trial in failed.Take(MostReasons))
            output.WriteLine($"trial {trial.Trial.Number} failed: {trial.Reason}");
        if (failed.Length > MostReasons)
            output.WriteLine($"{Numbers.Count(failed.Length - MostReasons)} more failed; --json has every reason");
        foreach (TrialProgress trial in trials.Where(trial => trial is { IsDone: false, Task: { IsActive: false } task } && File.Exists(folder!.Log(task))).Take(MostLogs))
            output.WriteLine($"trial {trial.Trial.Number} {(trial is { Reason: { } reason, Status: not RunStatus.Failed } ? $"({reason}) " : "")}wrote {PathText.Of(folder!.Log(trial.Task!))}");
    }

    const int MostLogs = 3;
    const int MostReasons = 5;

    static string TaskText(SlurmTask? task) => task switch
    {
        null => "",
        { IsActive: true, State: "PENDING", Reason: { } reason } => $"pending ({reason})",
        { IsActive: true, Node: { } node } => $"{task.State.ToLowerInvariant()} on {node}",
        _ => task.State.ToLowerInvariant(),
    };

    string Summary()
    {
        int toMerge = trials.Count(trial => trial.IsToMerge), active = trials.Count(trial => trial.Task is { IsActive: true });
        return $"{Numbers.Count(trials.Count)} trials: {SweepText.Counts(trials.Select(trial => trial.Status))}{(active > 0 ? $"; {Numbers.Count(active)} wait or run on Slurm" : "")}{(toMerge > 0 ? $"; {Numbers.Count(toMerge)} to merge" : "")}";
    }

    IEnumerable<string> Next()
    {
        bool isActive = trials.Any(trial => trial.Task is { IsActive: true } || trial is { Status: RunStatus.Running });
        if (isActive)
            yield return $"sweep status {id}";
        if (trials.Any(trial => trial.IsToMerge))
            yield return $"merge {folder!.DatabasesInShell(PathText.Of)}";
        if (trials.Any(trial => !trial.IsDone && trial.Status is not (RunStatus.Running or RunStatus.Failed) && trial.Task is not { IsActive: true }))
            yield return $"sweep --resume {id}{(folder is null ? "" : " --launcher slurm")}";
        if (trials.Any(trial => trial.Status == RunStatus.Failed && trial.Task is not { IsActive: true }))
            yield return $"sweep --resume {id} --retry-failed{(folder is null ? "" : " --launcher slurm")}";
        if (trials.All(trial => trial is { IsDone: true, IsToMerge: false }))
            yield return sweep.Outline.Claims.Count > sweep.Claims.Count ? $"sweep --resume {id}" : $"compare sweep:{id}";
    }
}

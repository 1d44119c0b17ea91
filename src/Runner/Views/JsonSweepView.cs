using System.Text.Json;
using System.Text.Json.Nodes;
using AeVae.Models;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Sweeps;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;
using Serilog.Events;

namespace AeVae.Runner.Views;

/// <summary>One JSON object per line: the start, every epoch and end of a trial, the result.</summary>
sealed class JsonSweepView(Globals globals) : ISweepView
{
    readonly Lock gate = new();
    string sweepId = "";

    /// <inheritdoc/>
    public void Started(SweepStart start)
    {
        sweepId = start.Sweep.Sweep.Id;
        Write("sweep_start", new JsonObject
        {
            ["name"] = start.Sweep.Sweep.Name,
            ["file"] = start.Sweep.Sweep.File,
            ["trials"] = start.Sweep.Trials.Count,
            ["to_do"] = start.ToDo.Count,
            ["parallel"] = start.Parallel,
            ["threads"] = start.Threads,
            ["database"] = globals.DatabasePath,
        });
    }

    /// <inheritdoc/>
    public void TrialStarted(FrozenTrial trial, RunStart start, Trainer trainer)
    {
        JsonObject line = Trial(trial, start.RunId);
        line["name"] = trial.Name;
        line["variant"] = trial.Variant;
        line["seed"] = trial.Seed;
        line["values"] = JsonSerializer.SerializeToNode(trial.Parameters.ToDictionary());
        line["threads"] = start.Request.Threads;
        line["resumed_after_epoch"] = start.Resumed?.Epoch;
        Write("trial_start", line);
    }

    /// <inheritdoc/>
    public void EpochFinished(FrozenTrial trial, string runId, EpochResult result)
    {
        JsonObject line = Trial(trial, runId);
        line["epoch"] = result.Epoch;
        JsonRunView.AddMetrics(line, result.Metrics);
        line["seconds"] = result.Seconds;
        line["parameters_sha256"] = result.ParametersSha256;
        Write("epoch", line);
    }

    /// <inheritdoc/>
    public void TrialEnded(TrialOutcome outcome)
    {
        JsonObject line = Trial(outcome.Trial, outcome.RunId);
        line["status"] = outcome.Status.Word();
        line["reason"] = outcome.Reason;
        line["value"] = JsonRunView.Number(outcome.Value);
        line["reused"] = outcome.WasReused;
        line["seconds"] = outcome.Elapsed.TotalSeconds;
        Write("trial_end", line);
    }

    /// <inheritdoc/>
    public void Log(FrozenTrial trial, LogEventLevel level, string message) => LogLine.Write(globals, level, $"trial {trial.Number}: {message}");

    /// <inheritdoc/>
    public void Ended(SweepEnd end)
    {
        Write("sweep_result", new JsonObject
        {
            ["interrupted"] = end.WasInterrupted,
            ["trials"] = JsonSerializer.SerializeToNode(end.Sweep.Trials.CountBy(trial => trial.Status.Word()).ToDictionary()),
            ["metric"] = end.Sweep.Sweep.Metric,
            ["best_run_id"] = end.Best?.RunId,
            ["best_trial"] = end.Best?.Trial.Number,
            ["best_value"] = JsonRunView.Number(end.Best?.Value),
            ["claims"] = new JsonArray([.. end.Sweep.Claims.Select(claim => new JsonObject
            {
                ["text"] = claim.Text,
                ["check"] = claim.Expression,
                ["verdict"] = claim.Outcome.Word(),
                ["evidence"] = claim.Evidence,
            })]),
            ["report"] = end.Report?.ReportPath,
            ["seconds"] = end.Elapsed.TotalSeconds,
        });
    }

    static JsonObject Trial(FrozenTrial trial, string? runId) => new() { ["trial"] = trial.Number, ["run_id"] = runId };

    void Write(string kind, JsonObject content)
    {
        content.Insert(0, "event", kind);
        content.Insert(1, "sweep_id", sweepId);
        lock (gate)
            JsonLine.Write(globals.Output, content);
    }
}

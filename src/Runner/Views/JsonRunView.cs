using System.Text.Json.Nodes;
using AeVae.Compute;
using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Tracking;
using Serilog.Events;

namespace AeVae.Runner.Views;

/// <summary>One JSON object per line: the start, every epoch, the result.</summary>
sealed class JsonRunView(Globals globals) : IRunView
{
    string runId = "";

    /// <inheritdoc/>
    public void Started(RunStart start, Trainer trainer)
    {
        runId = start.RunId;
        Write("start", new JsonObject
        {
            ["name"] = start.Request.Spec.Name,
            ["file"] = start.Request.File,
            ["seed"] = start.Request.Spec.Seed,
            ["epochs"] = start.Request.Spec.Train.Epochs,
            ["resumed_after_epoch"] = start.Resumed?.Epoch,
            ["epochs_cut"] = start.Resumed?.EpochsCut,
            ["parameters"] = trainer.ParameterCount,
            ["threads"] = start.Request.Threads,
            ["simd"] = Simd.Path.ToString().ToLowerInvariant(),
            ["database"] = globals.DatabasePath,
        });
    }

    /// <inheritdoc/>
    public void EpochFinished(EpochResult result)
    {
        JsonObject line = new() { ["epoch"] = result.Epoch };
        AddMetrics(line, result.Metrics);
        line["seconds"] = result.Seconds;
        line["parameters_sha256"] = result.ParametersSha256;
        line["optimizer_sha256"] = result.OptimizerSha256;
        line["order_sha256"] = result.OrderSha256;
        Write("epoch", line);
    }

    /// <inheritdoc/>
    public void Log(LogEventLevel level, string message) => LogLine.Write(globals, level, message);

    /// <inheritdoc/>
    public void Ended(RunOutcome outcome, ReportResult? report)
    {
        foreach (string text in RunText.Explain(globals, outcome))
            globals.Error.WriteLine(text);
        JsonObject line = new()
        {
            ["status"] = outcome.Status.Word(),
            ["reason"] = outcome.Reason,
            ["tainted_reason"] = outcome.TaintedReason,
            ["epochs"] = outcome.Last?.Epoch ?? 0,
            ["seconds"] = outcome.Elapsed.TotalSeconds,
        };
        if (outcome.Final is { } final)
        {
            AddMetrics(line, final.Metrics);
            line["tested_epoch"] = final.Epoch;
            line["baselines"] = new JsonArray([.. final.Baselines.Select(baseline => new JsonObject { ["name"] = baseline.Name, ["mse"] = baseline.Mse, ["bce"] = baseline.Bce })]);
        }

        line["parameters_sha256"] = outcome.Last?.ParametersSha256;
        line["checkpoint"] = outcome.Checkpoint is { } checkpoint ? PathText.Of(checkpoint) : null;
        line["report"] = report?.ReportPath;
        Write("result", line);
    }

    void Write(string kind, JsonObject content)
    {
        content.Insert(0, "event", kind);
        content.Insert(1, "run_id", runId);
        JsonLine.Write(globals.Output, content);
    }

    /// <summary>Adds each as <c>split.name</c>.</summary>
    public static void AddMetrics(JsonObject line, IReadOnlyList<MetricValue> metrics)
    {
        foreach (MetricValue metric in metrics)
            line[$"{SplitName.Of(metric.Split)}.{metric.Name}"] = Number(metric.Value);
    }

    /// <summary>JSON has no NaN and no infinity: null says that there is no number.</summary>
    public static double? Number(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}

using System.Text.Json.Nodes;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Views;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>What a command that trains says of a run that needs no training any more.</summary>
static class CompletedRun
{
    /// <summary>Writes it in the way that the options ask for, and the report first if it is not there.</summary>
    public static void Write(Globals globals, StoredRun run, bool writesReport)
    {
        string folder = ReportFolder.Default(globals, run.Detail.Run);
        string report = Path.Combine(folder, "report.md");
        if (writesReport && !File.Exists(report))
            ReportFolder.Write(globals, SelectedRuns.One(run.Id), folder);
        string? reportPath = File.Exists(report) ? PathText.Of(report) : null;

        if (globals.Json)
            globals.Output.WriteLine(Json(run, reportPath).ToJsonString());
        else if (globals.Quiet)
            globals.Output.WriteLine(run.Id);
        else
            RunText.WriteCompleted(globals, run, reportPath);
    }

    static JsonObject Json(StoredRun run, string? reportPath)
    {
        JsonObject line = new()
        {
            ["event"] = "result",
            ["run_id"] = run.Id,
            ["status"] = run.Detail.Run.Status.Word(),
            ["reason"] = run.Detail.Run.Reason,
            ["epochs"] = run.Detail.Run.EpochsDone,
            ["seconds"] = 0,
        };
        JsonRunView.AddMetrics(line, run.TestMetrics);
        line["tested_epoch"] = run.Detail.TestedEpoch;
        line["parameters_sha256"] = run.Epoch(run.Detail.Run.EpochsDone)?.ParametersSha256;
        line["report"] = reportPath;
        return line;
    }
}

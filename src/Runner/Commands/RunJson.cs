using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AeVae.Reports;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>Stored runs as JSON, for scripts.</summary>
static class RunJson
{
    /// <summary>Indented, snake_case, legible.</summary>
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        // A failed run may have stored NaN; it is written as "NaN".
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>An array of runs.</summary>
    public static void WriteList(TextWriter output, IReadOnlyList<RunSummary> runs) => output.WriteLine(JsonSerializer.Serialize(runs, Options));

    /// <summary>Where a report was written.</summary>
    public static void WriteReport(TextWriter output, SelectedRuns runs, ReportResult report) => output.WriteLine(runs is { Sweep: null, Ids: [var runId] }
        ? JsonSerializer.Serialize(new { RunId = runId, Report = report.ReportPath, report.Figures, report.Notes }, Options)
        : JsonSerializer.Serialize(new { RunIds = runs.Ids, SweepId = runs.Sweep?.Sweep.Id, Report = report.ReportPath, report.Figures, report.Notes }, Options));

    /// <summary>One run.</summary>
    public static void WriteRun(TextWriter output, RunDetail run) => output.WriteLine(JsonSerializer.Serialize(run, Options));

    /// <summary>Where a run was made and from what.</summary>
    public static void WriteProvenance(TextWriter output, RunDetail run) => output.WriteLine(JsonSerializer.Serialize(
        new
        {
            RunId = run.Run.Id,
            run.Run.Name,
            run.Run.Status,
            run.Run.StartedAt,
            run.Run.FinishedAt,
            run.NumericContract,
            run.Experiment,
            run.Provenance,
            run.Run.TaintedReason,
            run.Resumptions,
        },
        Options));

    /// <summary>The changes that were not committed; null when there were none.</summary>
    public static void WritePatch(TextWriter output, string runId, string? patch) => output.WriteLine(JsonSerializer.Serialize(new { RunId = runId, Patch = patch }, Options));
}

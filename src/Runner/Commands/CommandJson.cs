using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AeVae.Reports;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>What commands answer as JSON, for scripts.</summary>
static class CommandJson
{
    /// <summary>Indented, snake_case, legible, the same on every system.</summary>
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        // A failed run may have stored NaN; it is written as "NaN".
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>A value, as it is.</summary>
    public static void Write(TextWriter output, object value) => output.WriteLine(JsonSerializer.Serialize(value, Options));

    /// <summary>Where a report was written.</summary>
    public static void WriteReport(TextWriter output, SelectedRuns runs, ReportResult report) => Write(output, runs.IsOne
        ? new { RunId = runs.Ids[0], Report = report.ReportPath, report.Figures, report.Notes }
        : new { RunIds = runs.Ids, SweepId = runs.Sweep?.Sweep.Id, Report = report.ReportPath, report.Figures, report.Notes });

    /// <summary>Where a run was made and from what.</summary>
    public static void WriteProvenance(TextWriter output, RunDetail run) => Write(output, new
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
    });

    /// <summary>The changes that were not committed; null when there were none.</summary>
    public static void WritePatch(TextWriter output, string runId, string? patch) => Write(output, new { RunId = runId, Patch = patch });
}

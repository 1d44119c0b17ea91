using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AeVae.Runner.Views;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>Stored runs as JSON, for scripts.</summary>
static class RunJson
{
    static readonly JsonSerializerOptions Options = new()
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
    public static void WriteReport(TextWriter output, string runId, WrittenReport report) =>
        output.WriteLine(JsonSerializer.Serialize(new { RunId = runId, Report = report.MarkdownPath, report.Figures, report.Notes }, Options));

    /// <summary>One run.</summary>
    public static void WriteRun(TextWriter output, RunDetail run) => output.WriteLine(JsonSerializer.Serialize(run, Options));
}

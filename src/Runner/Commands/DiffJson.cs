using AeVae.Runner.Diffing;
using AeVae.Runner.Specs;
using AeVae.Tracking;
using AeVae.Tracking.Code;

namespace AeVae.Runner.Commands;

/// <summary>A comparison of two runs as JSON, for scripts.</summary>
static class DiffJson
{
    /// <summary>One object: both runs, whether they are the same, and a section for each part that was compared.</summary>
    public static void Write(TextWriter output, RunDiff comparison, bool showsPatch)
    {
        Dictionary<string, object> json = new() { ["a"] = Run(comparison.A.Detail.Run), ["b"] = Run(comparison.B.Detail.Run), ["same"] = comparison.IsSame };
        foreach (DiffSection section in comparison.Sections)
            json[Canonical.Word(section.Part)] = Section(section, showsPatch);
        CommandJson.Write(output, json);
    }

    static object Run(RunSummary run) => new { run.Id, run.Name, run.Status, run.EpochsDone, run.TaintedReason };

    static object Section(DiffSection section, bool showsPatch) => section switch
    {
        CodeSection code => new
        {
            Same = code.IsSame,
            code.Compared,
            Differences = code.Discrepancies,
            Files = code.Files.Select(file => new { file.Path, A = File(file.A, showsPatch), B = File(file.B, showsPatch) }),
        },
        ResultSection results => new
        {
            Same = results.IsSame,
            results.Compared,
            Differences = results.Discrepancies,
            FirstDifference = results.First,
            results.Artifacts,
            Metrics = results.Metrics.Select(metric => new { metric.Split, metric.Name, A = Metric(metric.A), B = Metric(metric.B) }),
        },
        _ => new { Same = section.IsSame, section.Compared, Differences = section.Discrepancies },
    };

    static object? File(PatchFile? file, bool showsPatch) =>
        file is null ? null : showsPatch ? new { file.Added, file.Removed, Patch = file.Text } : new { file.Added, file.Removed };

    static object? Metric(MetricSummary? metric) => metric is null ? null : new { metric.LastEpoch, metric.Last, metric.BestEpoch, metric.Best };
}

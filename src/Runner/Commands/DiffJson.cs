using System.Text.Json.Nodes;
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
        JsonObject json = new()
        {
            ["a"] = Run(comparison.A.Detail.Run),
            ["b"] = Run(comparison.B.Detail.Run),
            ["same"] = comparison.IsSame,
        };
        foreach (DiffSection section in comparison.Sections)
            json[Canonical.Word(section.Part)] = Section(section, showsPatch);
        output.WriteLine(json.ToJsonString(RunJson.Options));
    }

    static JsonObject Run(RunSummary run) => new()
    {
        ["id"] = run.Id,
        ["name"] = run.Name,
        ["status"] = run.Status.Word(),
        ["epochs_done"] = run.EpochsDone,
        ["tainted_reason"] = run.TaintedReason,
    };

    static JsonObject Section(DiffSection section, bool showsPatch)
    {
        JsonObject json = new()
        {
            ["same"] = section.IsSame,
            ["compared"] = section.Compared,
            ["differences"] = Discrepancies(section.Discrepancies),
        };
        switch (section)
        {
            case CodeSection code:
                json["files"] = new JsonArray([.. code.Files.Select(file => new JsonObject { ["path"] = file.Path, ["a"] = File(file.A, showsPatch), ["b"] = File(file.B, showsPatch) })]);
                break;
            case ResultSection results:
                json["first_difference"] = results.First is { } first ? First(first) : null;
                json["artifacts"] = Discrepancies(results.Artifacts);
                json["metrics"] = new JsonArray([.. results.Metrics.Select(metric => new JsonObject
                {
                    ["split"] = metric.Split,
                    ["name"] = metric.Name,
                    ["a"] = Metric(metric.A),
                    ["b"] = Metric(metric.B),
                })]);
                break;
        }

        return json;
    }

    static JsonArray Discrepancies(IReadOnlyList<Discrepancy> pairs) =>
        [.. pairs.Select(pair => new JsonObject { ["what"] = pair.What, ["a"] = pair.A, ["b"] = pair.B })];

    static JsonObject? File(PatchFile? file, bool showsPatch)
    {
        if (file is null)
            return null;
        JsonObject json = new() { ["added"] = file.Added, ["removed"] = file.Removed };
        if (showsPatch)
            json["patch"] = file.Text;
        return json;
    }

    static JsonObject First(FirstDifference first) => new()
    {
        ["epoch"] = first.Epoch,
        ["order"] = first.Order,
        ["parameters"] = first.Parameters,
        ["optimizer"] = first.Optimizer,
        ["tensors"] = new JsonArray([.. first.Tensors.Select(name => (JsonNode)name)]),
        ["metrics"] = new JsonArray([.. first.Metrics.Select(name => (JsonNode)name)]),
    };

    static JsonObject? Metric(MetricSummary? metric) => metric is null ? null : new()
    {
        ["last_epoch"] = metric.LastEpoch,
        ["last"] = Number(metric.Last),
        ["best_epoch"] = metric.BestEpoch,
        ["best"] = metric.Best,
    };

    // As in the JSON of `show`: JSON has no NaN and no infinity.
    static JsonNode Number(double value) => double.IsFinite(value) ? value : double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

using System.Globalization;
using System.Text.Json.Nodes;
using AeVae.Reports.Comparisons;
using AeVae.Reports.Statistics;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>A comparison of several runs as JSON, for scripts.</summary>
static class CompareJson
{
    /// <summary>Writes <see cref="Of(ComparedRuns)"/>.</summary>
    public static void Write(TextWriter output, ComparedRuns compared) => output.WriteLine(Of(compared).ToJsonString(RunJson.Options));

    /// <summary>The metric, the groups best first, and how they differ from the baseline.</summary>
    public static JsonObject Of(ComparedRuns compared)
    {
        return new JsonObject
        {
            ["sweep_id"] = compared.Sweep?.Sweep.Id,
            ["metric"] = compared.Metric.Key.ToString(),
            ["unit"] = compared.Unit,
            ["goal"] = compared.Metric.Goal,
            ["best_run_id"] = compared.Best?.Id,
            ["differing_keys"] = new JsonArray([.. compared.Differing.Swept.Concat(compared.Differing.Others).Select(key => (JsonNode)key)]),
            ["groups"] = new JsonArray([.. compared.Groups.Select(group => Group(group, compared.Metric, compared.IsRanked))]),
            ["baseline"] = compared.Baseline?.Label,
            ["differences_to_baseline"] = new JsonArray([.. compared.DifferencesToBaseline().Select(Difference)]),
            ["importance"] = new JsonArray([.. compared.Importances().Select(one => Importance(one, compared.IsRanked))]),
            ["notes"] = new JsonArray([.. compared.Notes.Append(compared.SamplingNoise()).OfType<string>().Select(note => (JsonNode)note)]),
        };
    }

    /// <summary>Mean and spread over seeds.</summary>
    public static JsonObject Of(Sample sample)
    {
        JsonObject json = [];
        Add(json, sample);
        return json;
    }

    static JsonObject Group(RunGroup group, ComparedMetric metric, bool isRanked)
    {
        JsonObject json = new()
        {
            ["label"] = group.Label,
            ["variant"] = group.Variant,
            ["values"] = new JsonObject(group.Values.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)value.Value))),
            ["runs"] = new JsonArray([.. group.Runs.Select(run => new JsonObject { ["id"] = run.Id, ["seed"] = run.Seed, ["status"] = run.Status.Word(), ["epochs_done"] = run.EpochsDone })]),
            ["best_run_id"] = isRanked ? group.Best(metric)?.Id : null,
        };
        Add(json, group.Sample(metric.Key));
        json["by_seed"] = new JsonObject(group.ValuesBySeed(metric.Key).Select(value => KeyValuePair.Create(value.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)value.Value)));
        return json;
    }

    static JsonObject Difference(BaselineDifference difference)
    {
        JsonObject json = new() { ["label"] = difference.Group.Label };
        Add(json, difference.Difference);
        json["p"] = difference.Difference.PValue;
        json["p_adjusted"] = difference.AdjustedPValue;
        json["significant"] = difference.IsSignificant;
        return json;
    }

    static JsonObject Importance(Importance one, bool isRanked) => new JsonObject
    {
        ["key"] = one.Key,
        ["levels"] = one.Levels,
        ["runs"] = one.Runs,
        ["eta_squared"] = one.Share,
        ["eta_squared_by_chance"] = one.Chance,
        ["best_level"] = isRanked ? one.BestLevel : null,
        ["best_mean"] = isRanked ? one.BestMean : null,
    };

    static void Add(JsonObject json, Sample sample)
    {
        json["count"] = sample.Count;
        json["mean"] = sample.Count > 0 ? sample.Mean : null;
        json["standard_deviation"] = double.IsFinite(sample.StandardDeviation) ? sample.StandardDeviation : null;
        json["interval"] = sample.Interval is { } interval ? new JsonArray(interval.Low, interval.High) : null;
    }
}

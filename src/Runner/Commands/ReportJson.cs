using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AeVae.Reports;
using AeVae.Reports.Claims;
using AeVae.Reports.Comparisons;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Commands;

/// <summary>The numbers of a report as JSON: of one run, of several, or of a sweep.</summary>
static class ReportJson
{
    /// <summary>Writes <c>report.json</c> into <paramref name="folder"/>, which is made if need be.</summary>
    public static ReportResult Write(RunQueries queries, SelectedRuns selected, string folder)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, "report.json");
        File.WriteAllText(path, Text(queries, selected) + "\n", new UTF8Encoding(false));
        return new ReportResult(path, [path], 0, []);
    }

    /// <summary>One object; what <c>experiments/README.md</c> says of it. The same database gives the same text.</summary>
    public static string Text(RunQueries queries, SelectedRuns selected)
    {
        RunDetail[] runs = [.. selected.Ids.Select(queries.Get)];
        JsonObject json = new()
        {
            ["runs"] = new JsonArray([.. runs.Select(run => (JsonNode)Run(queries, run))]),
            ["comparison"] = selected.IsOne ? null : Comparison(ComparedRuns.Read(queries, selected.Ids, new ComparisonOptions { Sweep = selected.Sweep }), runs),
            ["claims"] = new JsonArray([.. (selected.Sweep is { Claims.Count: > 0 } sweep ? SweepClaims.Judge(queries, sweep) : []).Select(claim => (JsonNode)Claim(claim))]),
            ["withdrawn_claims"] = new JsonArray([.. (selected.Sweep?.Outline.Withdrawn ?? []).Select(claim => (JsonNode)new JsonObject { ["text"] = claim.Text, ["check"] = claim.Check })]),
            ["metrics"] = new JsonObject(queries.Definitions.Values.OrderBy(metric => metric.Name, StringComparer.Ordinal)
                .Select(metric => KeyValuePair.Create(metric.Name, JsonSerializer.SerializeToNode(metric, RunJson.Options)))),
        };
        return json.ToJsonString(RunJson.Options);
    }

    static JsonObject Run(RunQueries queries, RunDetail run)
    {
        JsonObject json = JsonSerializer.SerializeToNode(run, RunJson.Options)!.AsObject();
        json["baselines"] = Stored(queries.GetArtifact(run.Run.Id, ArtifactNames.Baselines));
        json["series"] = new JsonObject(queries.GetSeries(run.Run.Id)
            .Select(series => (Key: series.Key.ToString(), Points: series.Value)).OrderBy(series => series.Key, StringComparer.Ordinal)
            .Select(series => KeyValuePair.Create(series.Key, JsonSerializer.SerializeToNode(new { Epochs = series.Points.Select(point => point.Epoch), Values = series.Points.Select(point => point.Value) }, RunJson.Options))));
        return json;
    }

    static JsonObject Comparison(ComparedRuns compared, IReadOnlyList<RunDetail> runs)
    {
        JsonObject json = CompareJson.Of(compared);
        MetricKey[] metrics = [.. runs.SelectMany(run => run.Metrics).Select(metric => metric.Key).Distinct().OrderBy(metric => metric.ToString(), StringComparer.Ordinal)];
        foreach ((RunGroup group, JsonNode? node) in compared.Groups.Zip(json["groups"]!.AsArray()))
        {
            node!["metrics"] = new JsonObject(metrics.Select(metric => (metric, Sample: group.Sample(metric))).Where(of => of.Sample.Count > 0)
                .Select(of => KeyValuePair.Create(of.metric.ToString(), (JsonNode?)CompareJson.Of(of.Sample))));
        }

        return json;
    }

    static JsonObject Claim(ClaimVerdict claim) => new JsonObject
    {
        ["text"] = claim.Text,
        ["check"] = claim.Expression,
        ["verdict"] = claim.Outcome.Word(),
        ["evidence"] = claim.Evidence,
        ["seeds"] = new JsonArray([.. claim.Seeds.Select(seed => (JsonNode)seed)]),
    };

    static JsonNode? Stored(byte[]? json)
    {
        try
        {
            return json is null ? null : JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return null;   // the Markdown report tells that it cannot be read
        }
    }
}

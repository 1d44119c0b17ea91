using System.Text.Json;
using System.Text.Json.Nodes;
using AeVae.Reports;
using AeVae.Reports.Claims;
using AeVae.Reports.Comparisons;
using AeVae.Reports.Statistics;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Commands;

/// <summary>The numbers of a report as JSON: of one run, of several, or of a sweep.</summary>
static class ReportJson
{
    /// <summary>Writes <c>report.json</c> into <paramref name="folder"/>, which is made if need be.</summary>
    public static ReportResult Write(RunQueries queries, SelectedRuns selected, ComparisonOptions options, string folder)
    {
        string path = Path.Combine(folder, "report.json"), text = Text(queries, selected, options);
        WholeFile.Write(path, text + "\n");
        return new ReportResult(path, [path], 0, []);
    }

    /// <summary>One object; what <c>experiments/README.md</c> says of it. The same database gives the same text.</summary>
    public static string Text(RunQueries queries, SelectedRuns selected, ComparisonOptions options)
    {
        RunDetail[] runs = [.. selected.Ids.Select(queries.Get)];
        IReadOnlyList<ClaimVerdict> claims = SweepClaims.Judged(queries, selected.Sweep)?.Claims ?? [];
        IReadOnlyList<ClaimText> written = selected.Sweep?.Outline.Claims ?? [];
        return JsonSerializer.Serialize(
            new
            {
                Runs = runs.Select(run => Run(queries, run)),
                Comparison = selected.IsOne ? null : Comparison(ComparedRuns.Read(queries, selected.Ids, options), runs),
                Claims = claims.Zip(written, (claim, text) => new
                {
                    claim.Text,
                    Check = claim.Expression,
                    Verdict = claim.Outcome,
                    claim.Evidence,
                    claim.Seeds,
                    BySeed = claim.Sides.Select(sides => new { sides.Seed, sides.Left, sides.Right }),
                    Difference = new CompareJson.SeedSpread(Sample.OfDifferences([.. claim.Sides.Select(sides => sides.Left)], [.. claim.Sides.Select(sides => sides.Right)])),
                    text.TrialsBefore,
                }),
                AddedTrials = selected.Sweep?.Outline.Added ?? [],
                WithdrawnClaims = (selected.Sweep?.Outline.Withdrawn ?? []).Select(claim => new { claim.Text, claim.Check }),
                Metrics = queries.Definitions.Values.OrderBy(metric => metric.Name, StringComparer.Ordinal).ToDictionary(metric => metric.Name),
            },
            CommandJson.Options);
    }

    static JsonObject Run(RunQueries queries, RunDetail run)
    {
        JsonObject json = JsonSerializer.SerializeToNode(run, CommandJson.Options)!.AsObject();
        json["baselines"] = Stored(queries.GetArtifact(run.Run.Id, ArtifactNames.Baselines));
        json["series"] = JsonSerializer.SerializeToNode(queries.GetSeries(run.Run.Id).OrderBy(series => series.Key.ToString(), StringComparer.Ordinal)
            .ToDictionary(series => series.Key.ToString(), series => new { Epochs = series.Value.Select(point => point.Epoch), Values = series.Value.Select(point => point.Value) }), CommandJson.Options);
        return json;
    }

    static JsonObject Comparison(ComparedRuns compared, IReadOnlyList<RunDetail> runs)
    {
        JsonObject json = JsonSerializer.SerializeToNode(CompareJson.Of(compared), CommandJson.Options)!.AsObject();
        MetricKey[] metrics = [.. runs.SelectMany(run => run.Metrics).Select(metric => metric.Key).Distinct().OrderBy(metric => metric.ToString(), StringComparer.Ordinal)];
        foreach ((RunGroup group, JsonNode? node) in compared.Groups.Zip(json["groups"]!.AsArray()))
        {
            node!["metrics"] = JsonSerializer.SerializeToNode(metrics.ToDictionary(metric => metric.ToString(), metric => new CompareJson.SeedSpread(group.Sample(metric)))
                .Where(metric => metric.Value.Count > 0).ToDictionary(), CommandJson.Options);
        }

        return json;
    }

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

using System.Globalization;
using System.Text.Json;
using AeVae.Reports.Charts;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>What a trivial or linear model reaches on the test images of a run.</summary>
/// <param name="Name"><c>mean image</c>, <c>PCA-k</c> or <c>grey-level floor</c>.</param>
/// <param name="Mse">Squared error per pixel.</param>
/// <param name="Bce">Nats per image; null where the model gives no probabilities.</param>
sealed record StoredBaseline(string Name, double Mse, double? Bce)
{
    /// <summary>Those that a run holds; none when it holds none.</summary>
    /// <exception cref="JsonException">What is stored cannot be read.</exception>
    public static IReadOnlyList<StoredBaseline> Of(RunData run) =>
        run.Artifact(ArtifactNames.Baselines) is { } json ? JsonSerializer.Deserialize<StoredBaseline[]>(json, JsonSerializerOptions.Web) ?? [] : [];

    /// <summary>What stands below a table of them.</summary>
    /// <param name="baselines">Those in the table.</param>
    /// <param name="differing">Names of others that runs hold and that stand beside none (<see cref="DifferingNames"/>).</param>
    public static string Explain(IEnumerable<StoredBaseline> baselines, params IReadOnlyCollection<string> differing)
    {
        StoredBaseline[] all = [.. baselines];
        bool hasPca = all.Any(one => one.IsPca), hasMean = all.Any(one => one.Name == MeanImage);
        double? floor = all.Where(one => one.IsFloor).Max(one => one.Bce);
        string?[] sentences =
        [
            hasPca ? "PCA-k is the best linear model with k latents." : hasMean && differing.Count == 0 ? "PCA is not measured where an image has more than 4,096 values." : null,
            hasPca || hasMean ? $"{(!hasPca ? "The mean image is" : hasMean ? "It and the mean image are" : "It is")} fitted to the images that the run trained on and, unless they are those of the test, to those that it was validated on." : null,
            differing.Count > 0 ? $"{(hasPca || hasMean ? "Others" : "The mean image and PCA")} are left out: the images that they were fitted to are not the same in all runs." : null,
            floor is null ? null : floor > 0 ? "The grey-level floor is the least bce that any model reaches, since pixels are not all 0 or 1." : "The grey-level floor is 0, since all pixels are 0 or 1.",
        ];
        return string.Join(' ', sentences.OfType<string>());
    }

    /// <summary>Name of the one that decodes every image to their mean.</summary>
    public const string MeanImage = "mean image";

    const int MostPcaInCharts = 3;

    // What decides which images they are fitted to, and with how many latents: without a limit, all that are not of the test, whichever of them are for validation.
    static string FittedBy(RunData run) =>
        $"{run.Parameter("model.latent_dim")} {(run.Parameter("data.train_limit") is { } limit and not "null" ? $"{limit} {run.Parameter("data.validation")}" : "all")}";

    /// <summary>Whether it is what no model is better than, and no model.</summary>
    public bool IsFloor => Name == "grey-level floor";

    /// <summary>Whether it is PCA with some number of latents.</summary>
    public bool IsPca => Name.StartsWith("PCA-", StringComparison.Ordinal);

    /// <summary>What stands beside the errors of some runs: the mean image, PCA with as many latents, the floor; none where the runs read images of several kinds.</summary>
    public static IReadOnlyList<StoredBaseline> Beside(IReadOnlyCollection<RunData> runs)
    {
        if (new DataSets(runs).Names.Count > 1) return [];
        string[] asManyLatents = [.. runs.Select(run => $"PCA-{run.Parameter("model.latent_dim")}").Distinct()];
        return [.. OfAll(runs).Where(one => !one.IsPca || asManyLatents.Contains(one.Name))];
    }

    /// <summary>As <see cref="Beside"/>, for a chart, which has room for PCA with the fewest, the middle and the most latents.</summary>
    /// <returns>The baselines, and a sentence for the caption, with a blank before it, that says which are left out; empty when none is.</returns>
    public static (IReadOnlyList<StoredBaseline> Drawn, string Remark) InChart(IReadOnlyCollection<RunData> runs)
    {
        IReadOnlyList<StoredBaseline> all = Beside(runs);
        StoredBaseline[] pca = [.. all.Where(one => one.IsPca).OrderBy(one => one.Name.Length).ThenBy(one => one.Name, StringComparer.Ordinal)];
        if (pca.Length <= MostPcaInCharts) return (all, "");
        StoredBaseline[] kept = [pca[0], pca[pca.Length / 2], pca[^1]];
        return ([.. all.Where(one => !one.IsPca || kept.Contains(one))], string.Create(CultureInfo.InvariantCulture, $" Of {pca.Length} PCA models, those with the fewest, the middle and the most latents are shown."));
    }

    /// <summary>As lines of a chart of <c>mse</c> or <c>bce</c>, where they have a value for it; none for another metric.</summary>
    public static IReadOnlyList<ReferenceLine> Lines(IEnumerable<StoredBaseline> baselines, string metric) => metric switch
    {
        "mse" => [.. baselines.Where(one => one.Mse > 0).Select(one => new ReferenceLine(one.Name, one.Mse))],
        "bce" => [.. baselines.Where(one => one.Bce > 0).Select(one => new ReferenceLine(one.Name, one.Bce!.Value))],
        _ => [],
    };

    /// <summary><c> · mean image 205.80 · grey-level floor 45.53</c>, for the head of a chart of <c>mse</c> or <c>bce</c> whose axis does not reach them; that they are of the test images is said in a chart of another split.</summary>
    public static string InWords(IEnumerable<StoredBaseline> baselines, MetricKey metric)
    {
        string words = string.Join(" · ", Lines(baselines, metric.Name).Select(line => $"{line.Name} {Numbers.Format(line.Value)}"));
        return words.Length == 0 ? "" : $" · {(metric.Split == "test" ? "" : "test images: ")}{words}";
    }

    /// <summary>Those of several runs of one data set, each once. What cannot be read is left out, and what differs, being fitted to other images.</summary>
    public static IReadOnlyList<StoredBaseline> OfAll(IEnumerable<RunData> runs) => [.. ByName(runs).Where(same => !Differ(same)).Select(same => same.First())];

    /// <summary>Names of those that differ between runs of one data set, since they were fitted to other images.</summary>
    public static IReadOnlyList<string> DifferingNames(IEnumerable<RunData> runs) => [.. ByName(runs).Where(Differ).Select(same => same.Key)];

    static IEnumerable<IGrouping<string, StoredBaseline>> ByName(IEnumerable<RunData> runs) =>
        runs.GroupBy(FittedBy).SelectMany(FirstReadable).GroupBy(one => one.Name);

    // The same images in another order leave other last digits.
    static bool Differ(IEnumerable<StoredBaseline> same) => same.Max(one => one.Mse) - same.Min(one => one.Mse) > 1e-6 * same.Max(one => one.Mse);

    /// <summary>Those of the first run that holds some.</summary>
    public static IReadOnlyList<StoredBaseline> FirstReadable(IEnumerable<RunData> runs) => runs.Select(Readable).FirstOrDefault(all => all.Count > 0, []);

    static IReadOnlyList<StoredBaseline> Readable(RunData run)
    {
        try
        {
            return Of(run);
        }
        catch (JsonException)
        {
            return [];
        }
    }
}

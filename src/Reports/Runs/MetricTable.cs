using AeVae.Reports.Markdown;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>Every metric with its unit: at the end of training, at its best, and on the test images.</summary>
static class MetricTable
{
    // The order of a reader's questions; metrics that are not named here follow by name.
    static readonly string[] Order =
    [
        "loss", "bce", "mse", "kl", "elbo", "bce_mean", "mse_mean", "nll", "active_units",
        "latent_radius", "latent_offset", "latent_gaps", "knn_accuracy",
        "sample_coverage", "interpolation_distance", "sharpness", "sample_sharpness",
    ];

    // The step size is no result.
    static readonly string[] LeftOut = ["learning_rate", "kl_weight"];

    /// <summary>The table and how to read it; null when nothing was measured.</summary>
    public static string? Write(RunData run)
    {
        string[] names = [.. run.Detail.Metrics.Select(m => m.Name).Distinct().Except(LeftOut)
            .OrderBy(name => Array.IndexOf(Order, name) is var place && place < 0 ? Order.Length : place).ThenBy(name => name, StringComparer.Ordinal)];
        if (names.Length == 0) return null;
        MarkdownTable table = new("metric", "unit", ">train, last", ">validation, last", ">validation, best", ">in epoch", ">test");
        foreach (string name in names)
            table.Add(Row(run, name));
        int validated = run.Detail.Metrics.Where(metric => metric.Split == "validation").Select(metric => metric.LastEpoch).DefaultIfEmpty(run.Run.EpochsDone).Max();
        string epochs = validated == run.Run.EpochsDone ? $"Train and validation are those of epoch {validated}" : $"Train is that of epoch {run.Run.EpochsDone}, validation that of epoch {validated}";
        return $"{table}\n↓ lower is better, ↑ higher is better. {epochs}; test is measured once, {Tested(run)}.{(run.Parameter("data.validation") == "test" ? " This experiment validates on the test images, so what is best there was chosen with them." : "")}{(run.Parameter("data.channels") == "rgb" ? " A pixel in colours has three values, and each counts as a pixel." : "")}\n";
    }

    static string Tested(RunData run) => !run.KeepsBestEpoch ? "after the last epoch"
        : run.Detail.TestedEpoch is { } epoch ? $"with the weights of epoch {epoch}, the best by {MarkdownText.Code(run.Parameter("checkpoint.best")!)}{run.Detail.AfterWarmUp}"
        : $"at the end, with the weights of the best epoch by {MarkdownText.Code(run.Parameter("checkpoint.best")!)}{run.Detail.AfterWarmUp}";

    static string[] Row(RunData run, string name)
    {
        MetricSummary? train = run.Metric("train", name), validation = run.Metric("validation", name), test = run.Metric("test", name);
        double[] finite = [.. new[] { train?.Last, validation?.Last, validation?.Best, test?.Last }.OfType<double>().Where(double.IsFinite)];
        int decimals = finite.Length == 0 || finite.All(v => v == Math.Round(v)) ? 0 : Numbers.Decimals(finite.Max(Math.Abs));
        string goal = run.Definitions.TryGetValue(name, out MetricDefinitionRecord? definition) ? definition.Goal : "none";
        string arrow = goal switch { "lower" => " ↓", "higher" => " ↑", _ => "" };
        return
        [
            MarkdownText.Code(name) + arrow, MarkdownText.Plain(run.Unit(name)), Value(train?.Last), Value(validation?.Last), Value(validation?.Best),
            validation?.BestEpoch is { } epoch ? Numbers.Count(epoch) : "–", Value(test?.Last),
        ];

        string Value(double? value) => value is { } v ? Numbers.Format(v, decimals) : "–";
    }

    /// <summary>What each metric of some runs means, as a list.</summary>
    public static string Definitions(params IReadOnlyList<RunData> runs) => string.Concat(runs.SelectMany(run => run.Detail.Metrics).Select(m => m.Name).Distinct().Except(LeftOut)
        .Where(runs[0].Definitions.ContainsKey).Order(StringComparer.Ordinal).Select(name => runs[0].Definitions[name])
        .Select(metric => $"- {MarkdownText.Code(metric.Name)} ({MarkdownText.Plain(metric.Reduction)}): {MarkdownText.Plain(metric.Description)}\n"));
}

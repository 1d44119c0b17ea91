using System.Globalization;
using AeVae.Reports.Charts;
using AeVae.Reports.Drawing;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>Figures of what was measured epoch by epoch; null where nothing was.</summary>
static class CurveFigures
{
    const double SingleHeight = 320, StackedHeight = 240;
    const int MostNamedGaps = 8;

    /// <summary>Loss in training and validation.</summary>
    public static Figure? Loss(RunData run) => Stack(run, "loss", "Loss", LossCaption(run), ("loss", "Loss"));

    /// <summary>Reconstruction error in both of its units.</summary>
    public static Figure? Reconstruction(RunData run) => Stack(run, "reconstruction", "Reconstruction error",
        $"How far the decoded image is from the original, in both units.{(run.IsVae ? " Training and the dashed line of validation decode a sampled z; at z = μ no noise is in the way." : "")}{(StoredBaseline.Beside([run]).Count > 0 ? $" Grey lines are simple models on the test images{(run.IsVae ? ", which draw no noise either" : "")}; an arrow points to those beyond the axis." : "")}",
        ("bce", "Binary cross-entropy"), ("mse", "Squared error"));

    /// <summary>KL divergence of the posterior from the prior.</summary>
    public static Figure? Kl(RunData run) => Stack(run, "kl", "KL divergence", KlCaption(run), ("kl", "KL divergence from N(0, I)"));

    static Figure? Stack(RunData run, string name, string title, string caption, params (string Metric, string Title)[] panels)
    {
        (string Metric, string Title, LineSeries[] Lines)[] drawn = [.. panels.Select(p => (p.Metric, p.Title, Lines: Series(run, p.Metric))).Where(p => p.Lines.Length > 0)];
        if (drawn.Length == 0) return null;
        double height = drawn.Length == 1 ? SingleHeight : StackedHeight;
        IReadOnlyList<StoredBaseline> baselines = StoredBaseline.Beside([run]);
        double[] ceilings = [.. drawn.Select(p => LineChart.Ceiling(p.Lines, p.Metric == "kl" ? run.Detail.KlWarmupEpochs : 0))];
        LineChart[] charts = [.. drawn.Select((p, i) => new LineChart(p.Title, run.Unit(p.Metric), p.Lines, height, StoredBaseline.Lines(baselines, p.Metric), ceilings[i]) { Warmup = p.Metric is "kl" or "loss" ? run.Detail.KlWarmupEpochs : 0 })];
        return ChartStack.Of(name, title, caption + (ceilings.Any(double.IsFinite) ? LineChart.Clipped : "") + Gaps(run, drawn.Select(p => p.Metric)), charts, height);
    }

    static LineSeries[] Series(RunData run, string metric)
    {
        return
        [
            .. Of("train", metric, "train", Style.Train, dashed: false),
            .. Of("validation", metric, "validation", Style.Validation, dashed: true),
            .. Of("validation", metric + "_mean", "validation, z = μ", Style.AtMean, dashed: true),
        ];

        IEnumerable<LineSeries> Of(string split, string measured, string name, Colour colour, bool dashed)
        {
            if (run.History(split, measured) is { Count: > 0 } points)
                yield return new LineSeries(name, colour, dashed, [.. points.Select(p => (p.Epoch, p.Value))]);
        }
    }

    static string LossCaption(RunData run)
    {
        string caption = "The objective in training (solid; the mean over each epoch, while the parameters change) and on the validation images (dashed).";
        if (run.Detail.KlWarmupEpochs > 0) caption += $" The KL weight rose over the first {Counted.Of(run.Detail.KlWarmupEpochs, "epoch")}, so that their losses are others, and none of them counts as the lowest.";
        return run.Metric("validation", "loss") is { Best: { } best, BestEpoch: { } epoch }
            ? $"{caption} Lowest validation loss: {Numbers.Format(best)}, in epoch {epoch}."
            : caption;
    }

    static string KlCaption(RunData run)
    {
        string caption = "What the code of an image costs in nats: an upper bound on what the code tells about the image.";
        return run.Finite(new("validation", "active_units")) is { } active
            ? $"{caption} Active latents at the end, on the validation images: {Numbers.Format(active, 0)} of {run.Parameter("model.latent_dim")}."
            : caption;
    }

    static string Gaps(RunData run, IEnumerable<string> metrics)
    {
        string[] gaps = [.. metrics.SelectMany(metric => new[] { Of("train", metric), Of("validation", metric) }).OfType<string>()];
        return gaps.Length == 0 ? "" : $" Not finite, so not drawn: {string.Join("; ", gaps)}.";

        string? Of(string split, string metric)
        {
            string[] epochs = [.. run.History(split, metric).Where(p => !double.IsFinite(p.Value)).Select(p => p.Epoch.ToString(CultureInfo.InvariantCulture))];
            if (epochs.Length == 0) return null;
            string more = epochs.Length > MostNamedGaps ? $" and {epochs.Length - MostNamedGaps} more" : "";
            return $"{split} {metric} in epoch {string.Join(", ", epochs.Take(MostNamedGaps))}{more}";
        }
    }
}

using System.Globalization;
using System.Text.Json;
using AeVae.Reports.Charts;
using AeVae.Reports.Drawing;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>The codes of a run against the prior, latent by latent; null where the artifact is missing.</summary>
static class DensityFigure
{
    const int MostLatents = 6, Columns = 3;
    const double PanelHeight = 220;

    /// <summary>The least half-width of the axis, so that the prior is there as a whole.</summary>
    public const double LeastReach = 3.5;

    /// <summary>Share of the codes that the axis reaches.</summary>
    public const double ShownShare = 0.99;

    public static Figure? Of(RunData run)
    {
        if (AggregatePosterior.Of(run) is not { } posterior || Shown(run, posterior.Latents) is not { } latents) return null;
        double reach = Math.Max(LeastReach, posterior.Reach(latents, ShownShare));
        double[][] curves = [.. latents.Select(latent => posterior.Density([latent], reach))];
        double highest = Math.Max(Statistics.NormalDensity.At(0), curves.Max(curve => curve.Max()));
        DensityChart[] charts = [.. latents.Zip(curves, (latent, curve) => new DensityChart(string.Create(CultureInfo.InvariantCulture, $"Latent {latent + 1}"), "density", "z", [new DensityCurve("", Style.Train, curve)], reach, highest))];
        PanelGrid grid = new([.. charts.Select(chart => (Action<ICanvas, Area>)chart.Draw)], Math.Min(Columns, charts.Length), PanelHeight);
        string what = !run.IsVae ? "the codes"
            : posterior.HasWidth ? "the aggregate posterior, which is the mean of the posteriors N(μ, σ²)," : "the means μ of the posteriors (this run does not hold their widths σ; the aggregate posterior itself is wider)";
        string which = posterior.Latents <= latents.Length ? "in each latent" : $"in the {latents.Length} of {posterior.Latents} latents {(run.IsVae ? "whose KL is largest" : "whose codes vary most")}, in this order";
        return Figure.Of("latent_density", "Density of the codes against the prior",
            $"Filled: {what} of the first {Numbers.Count(posterior.Images)} test images, {which}; dashed: the prior N(0, 1), with mean 0 and standard deviation 1.{(posterior.HasWidth ? "" : AggregatePosterior.SmoothingInWords(reach))} Where the filled curve lies below the dashed one, the images have fewer codes than the prior has draws; where it lies above, more.",
            grid);
    }

    /// <summary>All in their natural order where there is room for them; else those whose KL is largest.</summary>
    static int[]? Shown(RunData run, int latents)
    {
        if (latents <= MostLatents) return [.. Enumerable.Range(0, latents)];
        if (run.Artifact(ArtifactNames.TraversedLatents) is not { } json) return null;
        int[] ordered = JsonSerializer.Deserialize<int[]>(json) ?? [];
        return ordered.Length > 0 && ordered.All(latent => latent >= 0 && latent < latents) ? [.. ordered.Take(MostLatents)]
            : throw new FormatException($"{latents} latents, and an order of {ordered.Length}");
    }
}

using System.Globalization;
using AeVae.Reports.Charts;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>Figures of what was stored when the run ended; null where the artifact is missing.</summary>
static class ArtifactFigures
{
    const double ScatterWidth = 640, BarHeight = 300;
    const int MostBars = 128;

    /// <summary>Test images above what the model makes of them.</summary>
    public static Figure? Reconstructions(RunData run)
    {
        if (StoredImages.Of(run, ArtifactNames.Originals) is not { } above || StoredImages.Of(run, ArtifactNames.Reconstructions) is not { } below) return null;
        ImageGrid grid = new("Originals above their reconstructions", run.IsVae ? "test images, decoded at z = μ" : "test images", [
            new ImageRow("original", above),
            new ImageRow("reconstruction", below)]);
        return Figure.Of("reconstructions", "Originals and reconstructions", "Test images, which the model has not seen in training, above what it decodes from their codes" + (run.IsVae ? " (z = μ)." : "."), grid);
    }

    /// <summary>Images decoded from the prior.</summary>
    public static Figure? Samples(RunData run)
    {
        if (StoredImages.Of(run, ArtifactNames.Samples) is not { } samples) return null;
        ImageGrid grid = new("Samples", "decoded from z drawn from N(0, I)", [.. samples.Chunk(StoredImages.SamplesPerRow).Select(row => new ImageRow("", row))]);
        return Figure.Of("samples", "Samples", $"{samples.Length} images decoded from draws of {(run.IsVae ? "the prior N(0, I), none chosen by hand." : "N(0, I), none chosen by hand. Nothing in its training asked an AE to put its codes there.")}", grid);
    }

    /// <summary>Codes in the plane, coloured by class.</summary>
    public static Figure? Latent(RunData run)
    {
        if (LatentPoints.Of(run) is not { } codes) return null;
        const string ofVariance = " of the variance";
        string latents = run.Parameter("model.latent_dim") ?? "2";
        Circle? circle = PriorCircle.Of(run);
        string yTitle = latents == "1" ? "one latent only" : "↑ " + codes.Axis(2, ofVariance);
        ScatterChart chart = new("Latent space", codes.Axis(1, ofVariance) + " →", yTitle, codes.Points, codes.ClassNames, circle);
        double height = chart.Height(ScatterWidth);
        string what = run.IsVae ? "means μ of the posteriors" : "codes";
        string where = codes.Shares is not { } shares ? "in latent space" : $"on their first two principal axes, whose shares of the variance stand beside them, with their mean at the origin";
        string prior = latents == "1" ? "" : circle is null ? " The axes are not stored, so where N(0, I) lies cannot be drawn."
            : $" The dashed circle holds 95 % of {(run.IsVae ? "the prior N(0, I)" : "N(0, I), which an AE is not asked to fill")}{(PriorCircle.IsProjected(run) ? ", seen along the same axes; its middle is the origin of latent space" : "")}.";
        string colours = codes.ClassNames.Count == 0 ? "" : " Each colour is a class, which the model was never told; its name stands at the median of its codes where there is room.";
        return Figure.Of("latent", "Latent space", $"The {what} of {Numbers.Count(codes.Points.Length)} test images, {where}; both axes have the same scale.{prior}{colours}", height, chart.Draw, ScatterWidth);
    }

    /// <summary>KL of each latent.</summary>
    public static Figure? KlPerDim(RunData run)
    {
        if (run.Artifact(ArtifactNames.KlPerDim) is not { } bytes) return null;
        double[] kl = NpyArray.ReadDoubleVector(bytes);
        (string Label, double Value)[] bars = [.. kl
            .Select((value, i) => (Label: (i + 1).ToString(CultureInfo.InvariantCulture), Value: value))
            .Where(bar => double.IsFinite(bar.Value))
            .OrderByDescending(bar => bar.Value)];
        if (bars.Length == 0) return null;
        string more = bars.Length > MostBars ? $" The largest {MostBars} of {bars.Length} are drawn." : "";
        BarChart chart = new("KL divergence of each latent", "nats per image, mean over test images", "latents by their number, the largest KL first", [.. bars.Take(MostBars).Select(b => (b.Label, Math.Max(0, b.Value)))]);
        return Figure.Of("kl_per_dim", "KL divergence of each latent", $"What each latent costs; together {Numbers.Format(bars.Sum(b => b.Value))} nats per image, an upper bound on what the code tells about the image. A latent whose KL is near zero tells the decoder next to nothing.{more}", BarHeight, chart.Draw);
    }
}

using System.Globalization;
using System.Text.Json;
using AeVae.Reports.Charts;
using AeVae.Reports.Drawing;
using AeVae.Reports.Statistics;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>Figures of what the decoder makes of places in latent space; null where the artifact is missing.</summary>
static class LatentWays
{
    const int StepsPerWay = 9;
    const int PairsShown = 3;
    const int PlaneSide = 15;
    const double PlaneTile = 42;
    const double StepTile = 64;

    /// <summary>The plane of a model with two latents.</summary>
    public static Figure? Plane(RunData run)
    {
        if (StoredImages.Of(run, ArtifactNames.Manifold) is not { } images) return null;
        if (images.Length != PlaneSide * PlaneSide) throw new FormatException($"{images.Length} images where {PlaneSide} × {PlaneSide} should be");
        ImageGrid grid = new("The latent plane, decoded", $"latent 1 → and latent 2 ↑ at the quantiles of N(0, 1){(run.IsVae ? ", so that equal areas are equally likely under the prior" : "")}", [.. images.Chunk(PlaneSide).Select((row, i) => new ImageRow(Quantile(PlaneSide - 1 - i), row))])
        {
            ColumnLabels = [.. Enumerable.Range(0, PlaneSide).Select(Quantile)],
            RowsAreValues = true,
            Gap = 0,
            WidestTile = PlaneTile,
        };
        double edge = NormalDensity.Quantile(1 - 0.5 / PlaneSide);
        string share = LatentPoints.Of(run) is { Points: { Length: > 0 } codes } ? $" {Numbers.Percent(codes.Count(code => Math.Max(Math.Abs(code.X), Math.Abs(code.Y)) <= edge) / (double)codes.Length)} of {Numbers.Count(codes.Length)} test images have their codes within these edges." : "";
        string asks = run.IsVae ? "Neighbours should look alike, and every place like something that was seen." : "No prior has shaped an AE's plane: its codes lie where they like, and between them it may decode to what was never seen.";
        return Figure.Of("latent_plane", "The latent plane, decoded", $"What the decoder makes of the quantiles (i + ½)/{PlaneSide} of {(run.IsVae ? "the prior " : "")}N(0, I), whose values stand at the edges. {asks}{share}", grid);

        string Quantile(int i) => Text(NormalDensity.Quantile((i + 0.5) / PlaneSide), "0.00");
    }

    /// <summary>Ways between test images through latent space, beside the blend of their pixels.</summary>
    public static Figure? Interpolations(RunData run)
    {
        if (StoredImages.Of(run, ArtifactNames.Interpolations) is not { } straight || StoredImages.Of(run, ArtifactNames.Originals) is not { } originals) return null;
        RasterImage[]? spherical = StoredImages.Of(run, ArtifactNames.SphericalInterpolations);
        int pairs = Math.Min(PairsShown, straight.Length / StepsPerWay);
        if (straight.Length % StepsPerWay != 0 || originals.Length < 2 * pairs || spherical?.Length < pairs * StepsPerWay)
            throw new FormatException($"{straight.Length} images of straight ways between {originals.Length} originals{(spherical is null ? "" : $", {spherical.Length} of great circles")}");
        List<ImageRow> rows = [];
        for (int pair = 0; pair < pairs; pair++)
        {
            rows.Add(new ImageRow("straight", [.. straight.Skip(pair * StepsPerWay).Take(StepsPerWay)]));
            if (spherical is not null) rows.Add(new ImageRow("great circle", [.. spherical.Skip(pair * StepsPerWay).Take(StepsPerWay)]));
            rows.Add(new ImageRow("pixels", [.. Enumerable.Range(0, StepsPerWay).Select(step => Blend(originals[2 * pair], originals[2 * pair + 1], step))]));
        }

        if (rows.Count == 0) return null;
        string sphere = spherical is null ? "" : "A straight way cuts through the middle, where N(0, I) of many dimensions has next to no draws; the great circle turns around the origin and goes evenly from the distance of the one code to that of the other. ";
        return Figure.Of("interpolations", "From one image to another", $"Test images are joined by equal steps between their codes. {sphere}The last row of each group blends the pixels of the two images themselves: a model that has learned what the images show changes shapes instead of fading one into the other.",
            new ImageGrid("From one image to another", "share of the way between the codes of two test images, and between their pixels", rows) { WidestTile = StepTile, RowsPerGroup = spherical is null ? 2 : 3, ColumnLabels = [.. Enumerable.Range(0, StepsPerWay).Select(step => Text(step / (StepsPerWay - 1.0), "0.###"))] });
    }

    /// <summary>Single latents from end to end.</summary>
    public static Figure? Traversals(RunData run)
    {
        if (StoredImages.Of(run, ArtifactNames.Traversals) is not { } images || run.Artifact(ArtifactNames.TraversedLatents) is not { } json) return null;
        int[] latents = JsonSerializer.Deserialize<int[]>(json) ?? [];
        double[]? kl = run.Artifact(ArtifactNames.KlPerDim) is { } bytes ? NpyArray.ReadDoubleVector(bytes) : null;
        if (images.Length != latents.Length * StepsPerWay || latents.Any(latent => latent < 0 || latent >= (kl?.Length ?? int.MaxValue)))
            throw new FormatException($"{images.Length} images of {latents.Length} latents{(kl is null ? "" : $", with the KL of {kl.Length}")}");
        ImageGrid grid = new("One latent at a time", "in standard deviations of the test codes from their mean; the other latents at their means",
            [.. images.Chunk(StepsPerWay).Zip(latents, (row, latent) => new ImageRow(Label(latent), row))])
        { WidestTile = StepTile, ColumnLabels = [.. Enumerable.Range(0, StepsPerWay).Select(step => Text(6 * step / (StepsPerWay - 1.0) - 3, "+0.##;−0.##;0"))] };
        string order = kl is null ? "those whose codes vary most first" : "those with the largest KL first, per image";
        string few = run.Parameter("model.latent_dim") is { } all && all != latents.Length.ToString(CultureInfo.InvariantCulture) ? $" {latents.Length} of {all} latents are shown." : "";
        return Figure.Of("traversals", "One latent at a time", $"What changes in the image when a single latent changes, {order}.{few}", grid);

        string Label(int latent) => kl is null ? $"latent {latent + 1}" : $"latent {latent + 1} · {Numbers.Format(kl[latent], Numbers.Decimals(kl.Max()))} nats";
    }

    static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');

    static RasterImage Blend(RasterImage first, RasterImage last, int step) => first with
    {
        Pixels = [.. first.Pixels.Zip(last.Pixels, (a, b) => (byte)((a * (StepsPerWay - 1 - step) + b * step + (StepsPerWay - 1) / 2) / (StepsPerWay - 1)))],
    };
}

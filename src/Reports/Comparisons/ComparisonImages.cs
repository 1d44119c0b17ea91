using AeVae.Reports.Charts;
using AeVae.Reports.Drawing;
using AeVae.Reports.Markdown;
using AeVae.Reports.Runs;
using AeVae.Tracking;

namespace AeVae.Reports.Comparisons;

/// <summary>Images of several groups below each other, each of the group's first seed; null where none has any.</summary>
static class ComparisonImages
{
    /// <summary>The same test images, and what each group makes of them.</summary>
    public static Figure? Reconstructions(ShownGroups shown)
    {
        StoredParts<Reconstructed> runs = StoredParts<Reconstructed>.Read(shown.All, "reconstructions", run =>
            StoredImages.Of(run, ArtifactNames.Originals) is { } originals && StoredImages.Of(run, ArtifactNames.Reconstructions) is { } decoded ? new Reconstructed(originals, decoded, Convert.ToHexString(run.Artifact(ArtifactNames.Originals)!)) : null);
        if (runs.All.Count == 0) return null;
        IGrouping<string, (ShownGroup One, RunData Run, Reconstructed Part)>[] tests = [.. runs.All.GroupBy(run => run.Part.Test)];
        ImageRow[] rows = [.. tests.SelectMany(test => test.Select(run => new ImageRow(run.One.Group.Label, run.Part.Decoded)).Prepend(new ImageRow("original", test.First().Part.Originals)))];
        (string title, string several) = tests.Length == 1 ? ("The same images, reconstructed", "") : ("Test images, reconstructed", " The groups were tested on different images: each stands below its own originals.");
        return Figure.Of("reconstructions", title, $"Test images, which no model has seen in training, above what each group decodes from their codes (a VAE at z = μ; the run of its first seed).{several}{runs.Without}{MarkdownText.Plain(shown.Remark)}",
            new ImageGrid(title + (tests.Length == 1 ? " by every group" : ", below the originals of each group"), "test images", rows));
    }

    /// <summary>Images that each group decodes from the prior.</summary>
    public static Figure? Samples(ShownGroups shown)
    {
        StoredParts<RasterImage[]> runs = StoredParts<RasterImage[]>.Read(shown.All, "samples", run => StoredImages.Of(run, ArtifactNames.Samples));
        if (runs.All.Count == 0) return null;
        bool sameNoise = runs.All.Select(one => one.Run).Select(run => (run.Run.Seed, run.Parameter("model.latent_dim"))).Distinct().Count() == 1;
        string noise = sameNoise ? "In a column, every group decodes the same draw." : "Groups of one seed and one latent_dim decode the same draws; others have draws of their own.";
        return Figure.Of("samples", "Samples", $"The first {StoredImages.SamplesPerRow} images that each group decodes from draws of N(0, I), none chosen by hand. {noise}{runs.Without}{MarkdownText.Plain(shown.Remark)}",
            new ImageGrid("Samples", "decoded from z drawn from N(0, I)", [.. runs.All.Select(run => new ImageRow(run.One.Group.Label, [.. run.Part.Take(StoredImages.SamplesPerRow)]))]));
    }

    /// <param name="Originals">Test images.</param>
    /// <param name="Decoded">What was made of them.</param>
    /// <param name="Test">The same for the same originals.</param>
    sealed record Reconstructed(RasterImage[] Originals, RasterImage[] Decoded, string Test);
}

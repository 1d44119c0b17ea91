using AeVae.Reports.Charts;
using AeVae.Reports.Drawing;
using AeVae.Reports.Markdown;
using AeVae.Reports.Runs;
using AeVae.Tracking;

namespace AeVae.Reports.Comparisons;

/// <summary>Images of several groups below each other, each of the group's first seed; null where none has any.</summary>
static class ComparisonImages
{
    const int SamplesPerRow = 10;

    /// <summary>The same test images, and what each group makes of them.</summary>
    public static Figure? Reconstructions(ShownGroups shown)
    {
        (ShownGroup One, RunData Run)[] runs = [.. shown.All.Select(one => (one, one.Group.Counted[0])).Where(one => Has(one.Item2, ArtifactNames.Originals) && Has(one.Item2, ArtifactNames.Reconstructions))];
        if (runs.Length == 0) return null;
        List<ImageRow> rows = [];
        byte[] originals = [];
        foreach ((ShownGroup one, RunData run) in runs.GroupBy(run => Convert.ToHexString(Bytes(run.Run, ArtifactNames.Originals))).SelectMany(same => same))
        {
            if (!originals.AsSpan().SequenceEqual(Bytes(run, ArtifactNames.Originals)))
                rows.Add(new ImageRow("original", StoredImages.Read(originals = Bytes(run, ArtifactNames.Originals))));
            rows.Add(new ImageRow(one.Group.Label, StoredImages.Read(Bytes(run, ArtifactNames.Reconstructions))));
        }

        string several = rows.Count(row => row.Label == "original") > 1 ? " Groups that were tested on other images stand below their own originals." : "";
        return Grid("reconstructions", "The same images, reconstructed", $"Test images, which no model has seen in training, above what each group decodes from their codes (a VAE at z = μ; the run of its first seed).{several}{MarkdownText.Plain(shown.Remark)}",
            new ImageGrid("The same images, reconstructed by every group", "test images", rows));
    }

    /// <summary>Images that each group decodes from the prior.</summary>
    public static Figure? Samples(ShownGroups shown)
    {
        (ShownGroup One, RunData Run)[] runs = [.. shown.All.Select(one => (one, one.Group.Counted[0])).Where(one => Has(one.Item2, ArtifactNames.Samples))];
        if (runs.Length == 0) return null;
        bool sameNoise = runs.Select(one => (one.Run.Run.Seed, one.Run.Parameter("model.latent_dim"))).Distinct().Count() == 1;
        string noise = sameNoise ? "In a column, every group decodes the same draw." : "Groups of one seed and one latent_dim decode the same draws; others have draws of their own.";
        string without = runs.Length < shown.All.Count ? $" Without samples: {MarkdownText.Plain(string.Join(", ", shown.All.Except(runs.Select(one => one.One)).Select(one => one.Group.Label)))}." : "";
        return Grid("samples", "Samples", $"The first {SamplesPerRow} images that each group decodes from draws of N(0, I), none chosen by hand. {noise}{without}{MarkdownText.Plain(shown.Remark)}",
            new ImageGrid("Samples", "decoded from z drawn from N(0, I)", [.. runs.Select(one => new ImageRow(one.One.Group.Label, [.. StoredImages.Read(Bytes(one.Run, ArtifactNames.Samples)).Take(SamplesPerRow)]))]));
    }

    static bool Has(RunData run, string artifact) => run.Artifact(artifact) is not null;

    static byte[] Bytes(RunData run, string artifact) => run.Artifact(artifact)!;

    static Figure Grid(string name, string title, string caption, ImageGrid grid) =>
        new(name, title, caption, grid.Width + 2 * Style.Margin, grid.Height + 2 * Style.Margin, canvas => grid.Draw(canvas, new Point(Style.Margin, Style.Margin)));
}

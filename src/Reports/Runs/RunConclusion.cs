using System.Globalization;
using AeVae.Reports.Markdown;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>What a run measured, in sentences that say nothing else.</summary>
static class RunConclusion
{
    const int MostCompared = 1000;

    /// <summary>A list of sentences, as far as their numbers are stored and finite; null without any.</summary>
    public static string? Write(RunData run)
    {
        string[] sentences = [.. new[] { Speed(run), Reconstruction(run), Kl(run), Codes(run), Samples(run), Halfway(run) }.OfType<string>()];
        return sentences.Length == 0 ? null : string.Concat(sentences.Select(sentence => $"- {sentence}\n"));
    }

    static string? Speed(RunData run)
    {
        MetricKey loss = new("validation", "loss");
        return Convergence.Epoch(run, loss) is not { } epoch || run.Metric(loss)?.Best is not { } best ? null
            : $"Training: {MarkdownText.Code("val.loss")} is within {100 * Convergence.Tolerance:0} % of its lowest value, {Numbers.Format(best)}, for the first time in epoch {epoch} of {run.Run.EpochsDone}{(IsLowestInLastEpoch(run) ? "; the lowest value is in the last epoch, so it may fall further" : "")}.";
    }

    /// <summary>Whether no earlier epoch has as low a validation loss as the last one.</summary>
    public static bool IsLowestInLastEpoch(RunData run) => run.Metric("validation", "loss") is { BestEpoch: { } epoch } && epoch == run.Run.EpochsDone;

    static string? Reconstruction(RunData run)
    {
        // A simple model draws no noise, so a VAE is compared at z = μ.
        string mse = run.IsVae ? "mse_mean" : "mse";
        if (Test(run, mse) is not { } error) return null;
        string[] relative = [.. StoredBaseline.Beside([run]).Where(one => one.Mse > 0).OrderBy(one => one.Mse)
            .Select(one => $"{Ratio(error / one.Mse)} times that of {(one.IsPca ? $"{one.Name}, which has as many latents" : $"the {MarkdownText.Plain(one.Name)}")}")];
        string besides = relative.Length == 0 ? "" : $", {string.Join(", and ", relative)}";
        string edges = Test(run, "sharpness") is { } sharpness ? $"; the edge energy (squared differences between neighbouring pixels) of the first {Compared(run)} reconstructions is {Ratio(sharpness)} of the originals'" : "";
        return $"Reconstruction: the squared error of test images ({Name(mse)}) is {Numbers.Format(error)} per pixel{(run.IsVae ? " at z = μ" : "")}{besides}{edges}.";
    }

    static string? Kl(RunData run) => Test(run, "kl") is not { } kl ? null
        : $"KL divergence: the code of a test image costs {Numbers.Format(kl)} nats, an upper bound on what it tells about the image{(Test(run, "active_units") is { } active ? $"; {Numbers.Chosen(active)} of {run.Parameter("model.latent_dim")} latents vary over the test images (variance of μ above 0.01)" : "")}.";

    static string? Codes(RunData run)
    {
        string?[] parts =
        [
            Test(run, "latent_radius") is { } radius ? $"their radius (root of the mean squared distance from their mean) is {Numbers.Format(radius)}{Expected(run)}" : null,
            Test(run, "latent_offset") is { } offset ? $"their mean lies {Ratio(offset)} radii from the origin" : null,
            Gaps(run),
            Test(run, "knn_accuracy") is { } accuracy ? $"the ten nearest training codes tell the class of {Numbers.Percent(accuracy)} of the test images" : null,
        ];
        return parts.All(part => part is null) ? null : $"Codes: {string.Join("; ", parts.OfType<string>())}.";
    }

    static string Expected(RunData run) => run.Latents is { } latents ? $", where draws of N(0, I) have √{latents} = {Numbers.Format(Math.Sqrt(latents), 2)}{(run.IsVae ? " and the means μ of a posterior that fills it have less" : "")}" : "";

    // The codes of one latent have no plane.
    static string? Gaps(RunData run) => run.Latents is not (> 1 and int latents) || Test(run, "latent_gaps") is not { } gaps ? null
        : $"of a grid of 20 × 20 cells over {(latents == 2 ? "their plane" : "the plane of their first two principal axes")}, {Numbers.Percent(gaps)} of the cells inside their outline hold none (the 5 % of codes farthest out left aside; draws of N(0, I) leave 16 % with 1,000 codes, 0.8 % with 5,000 and 0.05 % with 10,000)";

    static string? Samples(RunData run) => Test(run, "sample_coverage") is not { } coverage ? null
        : $"Samples (images decoded from N(0, I)): {Numbers.Percent(coverage)} of the first {Compared(run)} test images have one of {Compared(run)} samples nearer than the fifth nearest of the others{(Test(run, "sample_sharpness") is { } edges ? $"; the edge energy of the samples is {Ratio(edges)} of the test images'" : "")}.";

    static string? Halfway(RunData run) => Test(run, "interpolation_distance") is not { } distance ? null
        : $"Images decoded halfway between the codes of test images 1 and 2, 3 and 4, … (at most 1,000 pairs) lie on average {Ratio(distance)} times as far from the nearest of up to 10,000 training images as the first {Compared(run)} test images do; blur shortens that.";

    /// <summary>How many test images the decoded ones were compared with: 1,000, or all where there are fewer.</summary>
    static string Compared(RunData run)
    {
        try
        {
            return Numbers.Count(run.Artifact(ArtifactNames.LatentProjection) is { } codes ? Math.Min(NpyArray.ReadFloatMatrix(codes).GetLength(0), MostCompared) : MostCompared);
        }
        catch (FormatException)
        {
            return Numbers.Count(MostCompared);
        }
    }

    static double? Test(RunData run, string metric) => run.Finite(new("test", metric));

    static string Name(string metric) => MarkdownText.Code($"test.{metric}");

    static string Ratio(double value) => value >= 0.1 && value < 1000 ? value.ToString("0.00", CultureInfo.InvariantCulture) : Numbers.Format(value, Numbers.Decimals(value) > 2 ? Numbers.Decimals(value) - 2 : Numbers.Decimals(value));
}

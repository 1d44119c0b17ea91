using System.Text.Json;
using AeVae.Reports.Markdown;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>What trivial and linear models reach on the same test images, beside the run.</summary>
static class BaselineTable
{
    /// <summary>The section's text, which says so where what is stored is damaged; null when the run has no baselines.</summary>
    public static string? Write(RunData run)
    {
        try
        {
            return Table(run);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return $"What is stored of the baselines cannot be read: {MarkdownText.Plain(e.Message)}\n";
        }
    }

    static string? Table(RunData run)
    {
        if (run.Artifact(ArtifactNames.Originals) is not { } originals) return null;
        IReadOnlyList<StoredBaseline> baselines = StoredBaseline.Of(run);
        int pixels = NpyArray.ReadByteImages(originals).Shape.Skip(1).Aggregate((product, length) => product * length);

        // A baseline draws no noise, so a VAE is compared at z = μ.
        bool atMean = run.IsVae && run.Metric("test", "mse_mean") is not null;
        double? mse = run.Metric("test", atMean ? "mse_mean" : "mse")?.Last, bce = run.Metric("test", atMean ? "bce_mean" : "bce")?.Last;
        if (baselines.Count == 0 || mse is null) return null;

        MarkdownTable table = new("on the test images", ">mse, per pixel", ">squared error, per image", ">bce, nats per image", atMean ? "at z = μ, this run is" : "this run is");
        table.Add(atMean ? "**this run**, at z = μ" : "**this run**", Error(mse), Error(mse * pixels), Error(bce), "");
        if (atMean && run.Metric("test", "mse")?.Last is { } sampled)
            table.Add("this run, sampled z", Error(sampled), Error(sampled * pixels), Error(run.Metric("test", "bce")?.Last), "");
        string asManyLatents = $"PCA-{run.Parameter("model.latent_dim")}";
        foreach (StoredBaseline row in baselines)
            table.Add(MarkdownText.Plain(row.Name) + (row.Name == asManyLatents ? ", as many latents" : ""), Error(row.Mse), Error(row.Mse * pixels), Error(row.Bce), Verdict(mse.Value, bce, row));
        return $"{table}\n{StoredBaseline.Explain(baselines)}\n";
    }

    static string Error(double? value) => value is { } v ? Numbers.Format(v) : "–";

    static string Verdict(double mse, double? bce, StoredBaseline row)
    {
        if (row.IsFloor) return "";   // no model is better

        string byMse = Compare(mse, row.Mse), byBce = bce is { } b && row.Bce is { } baseline ? Compare(b, baseline) : byMse;
        return byMse == byBce ? byMse : $"{byMse} by mse, {byBce} by bce";
    }

    static string Compare(double run, double baseline) => run < baseline ? "better" : run > baseline ? "worse" : run == baseline ? "equal" : "not comparable";
}

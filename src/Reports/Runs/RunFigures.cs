using System.Text.Json;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>The figures of a run, and why others are missing.</summary>
/// <param name="Drawn">In the order of the report.</param>
/// <param name="Missing">One sentence for each figure that cannot be drawn.</param>
sealed record RunFigures(IReadOnlyList<Figure> Drawn, IReadOnlyList<string> Missing)
{
    /// <summary>Chooses by kind of model what there is to show.</summary>
    public static RunFigures Of(RunData run)
    {
        List<Figure> drawn = [];
        List<string> missing = [], unfinished = [];

        void Curve(string name, Func<RunData, Figure?> figure)
        {
            if (figure(run) is { } made) drawn.Add(made);
            else missing.Add($"No figure of the {name}: no epoch of it is stored.");
        }

        void Stored(string name, Func<RunData, Figure?> figure)
        {
            try
            {
                if (figure(run) is { } made) drawn.Add(made);
                else unfinished.Add(name);
            }
            catch (Exception e) when (e is FormatException or JsonException)
            {
                missing.Add($"No figure of the {name}: what is stored cannot be read ({e.Message}).");
            }
        }

        Curve("loss", CurveFigures.Loss);
        Curve("reconstruction error", CurveFigures.Reconstruction);
        if (run.IsVae) Curve("KL divergence", CurveFigures.Kl);
        Stored("reconstructions", ArtifactFigures.Reconstructions);
        if (run.IsVae) Stored("samples", ArtifactFigures.Samples);
        Stored("latent space", ArtifactFigures.Latent);
        if (run.IsVae) Stored("KL divergence of each latent", ArtifactFigures.KlPerDim);
        if (unfinished.Count > 0) missing.Add($"No figure of {string.Join(", ", unfinished)}: {WhyUnfinished(run.Run)}");
        return new RunFigures(drawn, missing);
    }

    static string WhyUnfinished(RunSummary run) => run.Status == RunStatus.Completed
        ? "the run holds no data for it."
        : $"the test images are evaluated after the last epoch, and this run has {run.EpochsDone} of {run.EpochsPlanned} ({run.Status.Word()}).";
}

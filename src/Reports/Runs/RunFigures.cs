using System.Text.Json;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>The figures of a run, and why others are missing.</summary>
/// <param name="Drawn">In the order of the report.</param>
/// <param name="Animations">Those that move.</param>
/// <param name="Missing">One sentence for each figure that cannot be drawn.</param>
sealed record RunFigures(IReadOnlyList<Figure> Drawn, IReadOnlyList<Animation> Animations, IReadOnlyList<string> Missing)
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
        else Optional("samples", ArtifactFigures.Samples);   // an ae's run of an older program has none
        Stored("latent space", ArtifactFigures.Latent);
        Optional("density of the codes", DensityFigure.Of);
        if (run.IsVae) Stored("KL divergence of each latent", ArtifactFigures.KlPerDim);
        // Not in every run: they suit some models only, and runs of older programs lack them.
        Optional("decoded latent plane", LatentWays.Plane);
        Optional("ways between images", LatentWays.Interpolations);
        Optional("traversals", LatentWays.Traversals);
        List<Animation> animations = [];
        Moving("forming latent space", LatentMotion.Forming);
        Moving("walk through latent space", LatentMotion.Walk);
        if (unfinished.Count > 0) missing.Add($"No figure of {string.Join(", ", unfinished)}: {WhyUnfinished(run.Run)}");
        return new RunFigures(drawn, animations, missing);

        void Optional(string name, Func<RunData, Figure?> figure)
        {
            if (Read(name, () => figure(run)) is { } made) drawn.Add(made);
        }

        void Moving(string name, Func<RunData, Animation?> animation)
        {
            if (Read(name, () => animation(run)) is { } made) animations.Add(made);
        }

        T? Read<T>(string name, Func<T?> figure)
            where T : class
        {
            try
            {
                return figure();
            }
            catch (Exception e) when (e is FormatException or JsonException)
            {
                missing.Add($"No figure of the {name}: what is stored cannot be read ({e.Message}).");
                return null;
            }
        }
    }

    static string WhyUnfinished(RunSummary run) => run.Status == RunStatus.Completed
        ? "the run holds no data for it."
        : $"the test images are evaluated after the last epoch, and this run has {run.EpochsDone} of {run.EpochsPlanned} ({run.Status.Word()}).";
}

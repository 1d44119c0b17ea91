using System.Text.Json;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>The figures of a run, and why others are missing.</summary>
sealed class RunFigures
{
    readonly List<Figure> drawn = [];
    readonly List<Animation> animations = [];
    readonly List<string> missing = [];

    /// <summary>In the order of the report.</summary>
    public IReadOnlyList<Figure> Drawn => drawn;

    /// <summary>Those that move.</summary>
    public IReadOnlyList<Animation> Animations => animations;

    /// <summary>A sentence for each reason why figures that suit the run cannot be drawn, or why simple models do not stand beside it.</summary>
    public IReadOnlyList<string> Missing => missing;

    /// <summary>Chooses by kind of model what there is to show.</summary>
    public static RunFigures Of(RunData run)
    {
        RunFigures figures = new();
        List<string> absent = [];
        bool isPlane = run.Latents == 2;

        Curve("loss", CurveFigures.Loss);
        Curve("reconstruction error", CurveFigures.Reconstruction);
        if (run.IsVae) Curve("KL divergence", CurveFigures.Kl);
        Stored("reconstructions", ArtifactFigures.Reconstructions, figures.drawn);
        Stored("samples", ArtifactFigures.Samples, figures.drawn, isExpected: run.IsVae);   // an AE of an older program has none
        Stored("latent space", ArtifactFigures.Latent, figures.drawn);
        Stored("density of the codes", DensityFigure.Of, figures.drawn);
        if (run.IsVae) Stored("KL divergence of each latent", ArtifactFigures.KlPerDim, figures.drawn);
        if (isPlane) Stored("decoded latent plane", LatentWays.Plane, figures.drawn);
        Stored("ways between images", LatentWays.Interpolations, figures.drawn);
        Stored("traversals of single latents", LatentWays.Traversals, figures.drawn);
        Stored("forming latent space", LatentMotion.Forming, figures.animations, isExpected: run.Run is { Status: RunStatus.Completed, EpochsDone: > 1 });
        Stored("walk through latent space", LatentMotion.Walk, figures.animations);

        if (run.Run is { Status: RunStatus.Completed, EpochsDone: 1 } && figures.animations.All(animation => animation.Name != LatentMotion.FormingName))
            figures.missing.Add("No animation of the forming latent space: in a run of one epoch there is nothing to follow.");
        if (absent.Count > 0) figures.missing.Add($"No figure of the {Listed(absent)}: {WhyAbsent(run.Run)}");
        if (BaselineTable.Write(run) is null) figures.missing.Add($"No section \"Beside simple models\": {WhyAbsent(run.Run, "what stands there")}");
        return figures;

        void Curve(string name, Func<RunData, Figure?> figure)
        {
            if (figure(run) is { } made) figures.drawn.Add(made);
            else figures.missing.Add($"No figure of the {name}: no epoch of it is stored.");
        }

        void Stored<T>(string name, Func<RunData, T?> figure, List<T> into, bool isExpected = true)
            where T : class
        {
            try
            {
                if (figure(run) is { } made) into.Add(made);
                else if (isExpected) absent.Add(name);
            }
            catch (Exception e) when (e is FormatException or JsonException)
            {
                figures.missing.Add($"No figure of the {name}: what is stored cannot be drawn ({e.Message}). {Again}");
            }
        }
    }

    const string Again = "To get it, run the experiment again, as it stands under Reproduce.";

    static string Listed(List<string> names) => names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";

    static string WhyAbsent(RunSummary run, string what = "what is drawn") => run.Status == RunStatus.Completed
        ? $"the run does not hold {what}, as one of an older program may not. {Again}"
        : $"the test images are evaluated after the last epoch, and this run has {run.EpochsDone} of {run.EpochsPlanned} ({run.Status.Word()}).";
}

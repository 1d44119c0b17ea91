using System.Text.Json;

namespace AeVae.Reports.Comparisons;

/// <summary>The figures of a comparison by name, and why others are missing.</summary>
sealed class ComparisonFigures
{
    readonly List<Figure> drawn = [];
    readonly List<string> missing = [];

    /// <summary>In the order of the report.</summary>
    public IReadOnlyList<Figure> Drawn => drawn;

    /// <summary>One sentence for each figure that cannot be drawn though these runs should have it, and for simple models that they should hold.</summary>
    public IReadOnlyList<string> Missing => missing;

    /// <summary>A figure by the name of its file; null when it is not drawn.</summary>
    public Figure? Named(string name) => drawn.Find(figure => figure.Name == name);

    /// <summary>Draws what there is.</summary>
    public static ComparisonFigures Of(ComparedRuns compared)
    {
        ShownGroups shown = ShownGroups.Of(compared);
        ComparisonFigures figures = new();
        if (shown.All.Count == 0)
        {
            figures.missing.Add("No figures: no run has trained an epoch.");
            return figures;
        }

        bool hasVae = shown.All.Any(one => one.Group.Members[0].IsVae);
        List<string> leftOut = [];
        OfOneDataSet("effect of what was varied", () => ParameterFigures.Effect(compared) ?? ParameterFigures.Parallel(compared));
        figures.Add("losses", () => ComparisonCurves.Loss(compared, shown), isExpected: true);
        figures.Add("reconstruction errors", () => ComparisonCurves.Reconstruction(compared, shown), isExpected: true);
        figures.Add("KL divergence", () => ComparisonCurves.Kl(compared, shown), hasVae);
        OfOneDataSet("rate and distortion", () => ComparisonCodes.RateDistortion(compared, shown));
        figures.Add("reconstructions", () => ComparisonImages.Reconstructions(shown), isExpected: true);
        figures.Add("samples", () => ComparisonImages.Samples(shown), hasVae);
        (Figure Figure, IReadOnlyDictionary<string, double> Factors)? latent = null;
        figures.Add("latent space", () => (latent = ComparisonCodes.Latent(shown))?.Figure, isExpected: true);
        figures.Add("density of the codes", () => ComparisonCodes.Density(shown, latent?.Factors), isExpected: true);
        figures.Add("KL divergence of each latent", () => ComparisonCodes.KlPerDim(shown), hasVae);
        figures.missing.AddRange(ComparisonTables.SimpleModelsMissing(compared));
        if (leftOut.Count > 0) figures.missing.Add($"No figure of the {string.Join(", nor of the ", leftOut)}: different data sets would stand on one axis.");
        return figures;

        void OfOneDataSet(string name, Func<Figure?> figure)
        {
            if (compared.DataSets.Count == 1) figures.Add(name, figure, isExpected: false);
            else if (figure() is not null) leftOut.Add(name);
        }
    }

    void Add(string name, Func<Figure?> figure, bool isExpected)
    {
        try
        {
            if (figure() is { } made) drawn.Add(made);
            else if (isExpected) missing.Add($"No figure of the {name}: none of the runs holds what it needs.");
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            missing.Add($"No figure of the {name}: what is stored cannot be drawn ({e.Message}).");
        }
    }
}

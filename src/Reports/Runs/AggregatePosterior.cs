using AeVae.Reports.Charts;
using AeVae.Reports.Statistics;
using AeVae.Tracking;

namespace AeVae.Reports.Runs;

/// <summary>How the codes of all test images together are distributed in each latent: the mean of their posteriors N(μ, σ²), or of codes alone where there is no σ.</summary>
/// <remarks>Hoffman and Johnson 2016, ELBO surgery, call it the aggregate posterior.</remarks>
sealed class AggregatePosterior
{
    const int Steps = 400, FewImages = 100;
    const double LeastSmoothing = 0.1;

    readonly Half[,] codes;
    readonly Half[,]? deviations;

    AggregatePosterior(Half[,] codes, Half[,]? deviations) => (this.codes, this.deviations) = (codes, deviations);

    /// <summary>Number of images.</summary>
    public int Images => codes.GetLength(0);

    /// <summary>Number of latents.</summary>
    public int Latents => codes.GetLength(1);

    /// <summary>Whether the posteriors have a width; else only codes are told.</summary>
    public bool HasWidth => deviations is not null;

    /// <summary>That of a run; null when it holds no codes.</summary>
    /// <exception cref="FormatException">What is stored cannot be drawn.</exception>
    public static AggregatePosterior? Of(RunData run)
    {
        if (run.Artifact(ArtifactNames.LatentCodes) is not { } bytes) return null;
        Half[,] codes = NpyArray.ReadHalfMatrix(bytes);
        Half[,]? deviations = run.Artifact(ArtifactNames.LatentDeviations) is { } stored ? NpyArray.ReadHalfMatrix(stored) : null;
        if (deviations is not null && (deviations.GetLength(0), deviations.GetLength(1)) != (codes.GetLength(0), codes.GetLength(1)))
            throw new FormatException($"{codes.GetLength(0)} × {codes.GetLength(1)} codes with {deviations.GetLength(0)} × {deviations.GetLength(1)} deviations");
        return codes.Length > 0 && codes.Cast<Half>().All(Half.IsFinite) && deviations?.Cast<Half>().All(Half.IsFinite) != false
            ? new AggregatePosterior(codes, deviations)
            : throw new FormatException("not every code is finite");
    }

    /// <summary>Where a latent lies: the mean of its codes, their standard deviation s, and that of the posteriors together, √(s² + mean of σ²).</summary>
    public Spread Spread(int latent)
    {
        Sample sample = Sample.Of([.. Enumerable.Range(0, Images).Select(image => (double)codes[image, latent])]);
        double deviation = Images < 2 ? 0 : sample.StandardDeviation, width = Enumerable.Range(0, Images).Average(image => Width(image, latent) * Width(image, latent));
        return new Spread(sample.Mean, deviation, Math.Sqrt(deviation * deviation + width));
    }

    /// <summary>How far out nearly all codes lie, in any of the latents; of few images all, with the width of their posteriors.</summary>
    public double Reach(IEnumerable<int> latents, double share) => latents.Max(latent => Images < FewImages
        ? Enumerable.Range(0, Images).Max(image => Math.Abs((double)codes[image, latent]) + 2 * Width(image, latent))
        : Enumerable.Range(0, Images).Select(image => Math.Abs((double)codes[image, latent])).Order().ElementAt((int)((Images - 1) * share)));

    /// <summary>The width that the codes of a latent without one are drawn with: 0.9·min(s, IQR/1.34)·n^(−1/5), but at least a tenth, and never less than the places are apart.</summary>
    /// <remarks>Silverman 1986, Density Estimation for Statistics and Data Analysis, eq. 3.31: near the best width for a normal density, and narrower where quartiles lie close.</remarks>
    public double Smoothing(int latent, double reach)
    {
        double[] sorted = [.. Enumerable.Range(0, Images).Select(image => (double)codes[image, latent]).Order()];
        double deviation = Images < 2 ? 0 : Sample.Of(sorted).StandardDeviation, quartiles = (Quantile(sorted, 0.75) - Quantile(sorted, 0.25)) / 1.34;
        return Math.Max(LeastWidth(reach), 0.9 * Math.Min(deviation, quartiles) / FifthRoot(Images));
    }

    /// <summary>A sentence for captions that tells <see cref="Smoothing"/>, with a blank before it.</summary>
    public static string SmoothingInWords(double reach) =>
        $" The codes of a latent are smoothed by a normal curve whose standard deviation is Silverman's rule of thumb, 0.9·min(s, IQR/1.34)·n^(−1/5) with their standard deviation s and interquartile range IQR over n images, but at least {Numbers.Chosen(Math.Round(LeastWidth(reach), 3))}.";

    /// <summary>The density at <see cref="Steps"/> + 1 places from −<paramref name="reach"/> to it, the mean over some latents.</summary>
    /// <param name="latents">Which.</param>
    /// <param name="reach">Where the places end.</param>
    public double[] Density(IReadOnlyList<int> latents, double reach)
    {
        double[] heights = new double[Steps + 1];
        double step = StepOf(reach);
        foreach (int latent in latents)
        {
            double narrowest = HasWidth ? step : Smoothing(latent, reach);
            for (int image = 0; image < Images; image++)
            {
                // Narrower than the places are apart, a posterior would fall between them; a code alone is smoothed.
                double centre = (double)codes[image, latent], width = Math.Max(Width(image, latent), narrowest);
                int first = Math.Max(0, (int)Math.Ceiling((centre - NormalDensity.Reach * width + reach) / step)), last = Math.Min(Steps, (int)Math.Floor((centre + NormalDensity.Reach * width + reach) / step));
                for (int i = first; i <= last; i++) heights[i] += NormalDensity.At((i * step - reach - centre) / width) / width;
            }
        }

        return [.. heights.Select(height => height / Images / latents.Count)];
    }

    static double StepOf(double reach) => 2 * reach / Steps;

    static double LeastWidth(double reach) => Math.Max(StepOf(reach), LeastSmoothing);

    /// <summary>Of a number from 1 to 10⁹, by Newton's iteration: the same on every machine.</summary>
    static double FifthRoot(double number)
    {
        double root = number;
        for (int i = 0; i < 100; i++) root = (4 * root + number / (root * root * root * root)) / 5;
        return root;
    }

    /// <summary>Between two values, the straight line.</summary>
    static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return sorted[below] + (place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
    }

    double Width(int image, int latent) => deviations is null ? 0 : (double)deviations[image, latent];
}

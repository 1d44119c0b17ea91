using AeVae.Reports.Runs;
using AeVae.Reports.Statistics;
using AeVae.Tracking;

namespace AeVae.Tests.Reports;

public sealed class AggregatePosteriorTests
{
    [Fact]
    public void ThePosteriorsOfAllImagesTogetherAreAMixture()
    {
        AggregatePosterior posterior = Of(new Half[,] { { (Half)(-1) }, { (Half)1 } }, new Half[,] { { (Half)0.5 }, { (Half)0.5 } })!;

        double[] density = posterior.Density([0], reach: 4);   // 401 places, 0.02 apart

        // ½·N(−1, ½²) + ½·N(1, ½²) at 0: φ(2)/½; at 1: ½·φ(0)/½ + ½·φ(4)/½.
        Assert.Equal(0.1079819, density[200], 1e-5);
        Assert.Equal(0.3990761, density[250], 1e-5);
        Assert.Equal(1, density.Sum() * 0.02, 1e-4);
    }

    [Fact]
    public void CodesWithoutAWidthAreSmoothedAndHoldTheirMass()
    {
        AggregatePosterior posterior = Of(new Half[,] { { (Half)0, (Half)2 }, { (Half)0.5, (Half)2 } }, null)!;

        Assert.False(posterior.HasWidth);
        Assert.Equal(1, posterior.Density([0, 1], 4).Sum() * 0.02, 1e-3);
        Assert.Equal(2, posterior.Reach([0, 1], 1));
    }

    [Fact]
    public void OfFewImagesNoneLiesBeyondTheAxis()
    {
        Half[,] codes = new Half[9, 1], deviations = new Half[9, 1];
        (codes[4, 0], deviations[4, 0]) = ((Half)6, (Half)0.5);

        Assert.Equal(7, Of(codes, deviations)!.Reach([0], 0.99));     // two deviations beyond the farthest code
    }

    [Fact]
    public void OneMadeOfTheQuantilesOfThePriorIsThePriorWidenedBySilvermansRule()
    {
        Half[,] codes = new Half[1000, 1];
        for (int i = 0; i < 1000; i++) codes[i, 0] = (Half)NormalDensity.Quantile((i + 0.5) / 1000);

        AggregatePosterior posterior = Of(codes, null)!;
        double[] density = posterior.Density([0], 4);

        // s = 1, IQR/1.34 = 1.349/1.34, 1000^(−1/5) = 0.2512; both variances add up. Half-precision codes without the tails.
        double width = Math.Sqrt(1 + 0.226 * 0.226);
        Assert.Equal(0.226, posterior.Smoothing(0, 4), 0.002);
        Assert.All(Enumerable.Range(0, 401), i => Assert.Equal(NormalDensity.At((i * 0.02 - 4) / width) / width, density[i], 0.003));
    }

    [Fact]
    public void EachLatentIsSmoothedByTheSmallerOfItsSpreads()
    {
        // 32 codes: n^(−1/5) = ½. First latent: ±4, so s = 4·√(32/31) and IQR/1.34 = 8/1.34. Second: 3 × ±40 in the tails of ±1, so IQR/1.34 = 2/1.34 is the smaller.
        Half[,] codes = new Half[32, 2];
        for (int i = 0; i < 32; i++) (codes[i, 0], codes[i, 1]) = ((Half)(i % 2 == 0 ? 4 : -4), (Half)((i < 6 ? 40 : 1) * (i % 2 == 0 ? 1 : -1)));
        AggregatePosterior posterior = Of(codes, null)!;

        Assert.Equal(0.9 * 4 * Math.Sqrt(32 / 31.0) / 2, posterior.Smoothing(0, 4), 1e-8);
        Assert.Equal(0.9 * 2 / 1.34 / 2, posterior.Smoothing(1, 4), 1e-8);
    }

    [Theory]
    [InlineData(3.2, 0.1)]     // no less than a tenth
    [InlineData(40, 0.2)]      // no less than the places are apart
    public void ACodeAloneHasTheLeastWidth(double reach, double smoothing)
    {
        Assert.Equal(smoothing, Of(new Half[,] { { (Half)0 } }, null)!.Smoothing(0, reach), 1e-12);
        Assert.Equal(NormalDensity.At(0) / smoothing, Of(new Half[,] { { (Half)0 } }, null)!.Density([0], reach)[200], 1e-4);
        Assert.Contains($"at least {smoothing.ToString(System.Globalization.CultureInfo.InvariantCulture)}.", AggregatePosterior.SmoothingInWords(reach), StringComparison.Ordinal);
    }

    [Fact]
    public void CodesThatAreNotFiniteOrOfAnotherShapeAreTold()
    {
        Assert.Throws<FormatException>(() => Of(new Half[,] { { Half.PositiveInfinity } }, null));
        Assert.Throws<FormatException>(() => Of(new Half[,] { { (Half)1 } }, new Half[,] { { Half.NaN } }));
        Assert.Throws<FormatException>(() => Of(new Half[,] { { (Half)1 } }, new Half[,] { { (Half)1, (Half)1 } }));
    }

    static AggregatePosterior? Of(Half[,] codes, Half[,]? deviations) => AggregatePosterior.Of(FakeRun.Full()
        .With(ArtifactNames.LatentCodes, NpyArray.Write(codes)).With(ArtifactNames.LatentDeviations, deviations is null ? null : NpyArray.Write(deviations)));
}

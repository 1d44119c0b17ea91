using AeVae.Compute;
using AeVae.Reports.Comparisons;

namespace AeVae.Tests.Reports.Comparisons;

public sealed class ParameterAxisTests
{
    [Fact]
    public void ValuesThatGrowByAFactorStandAtEqualDistances()
    {
        ParameterAxis axis = ParameterAxis.Of("train.learning_rate", ["0.001", "0.0001", "0.01"]);

        Assert.Equal("train.learning_rate (log scale)", axis.Axis.Title);
        Assert.Equal(axis.At("0.001") - axis.At("0.0001"), axis.At("0.01") - axis.At("0.001"), 1e-12);
        Assert.Equal(["0.0001", "0.001", "0.01"], axis.Axis.Ticks.Select(tick => tick.Label));
    }

    [Fact]
    public void ZeroStandsBelowTheDecades()
    {
        ParameterAxis axis = ParameterAxis.Of("loss.kl_weight", ["0", "0.01", "1", "100"]);
        Assert.Equal(("loss.kl_weight (log scale, 0 apart)", true), (axis.Axis.Title, axis.HasZeroApart));
        Assert.Equal((-4.0, -2.0, 0.0, 2.0), (axis.At("0"), axis.At("0.01"), axis.At("1"), axis.At("100")));
        Assert.Equal(["0", "0.01", "1", "100"], axis.Axis.Ticks.Select(tick => tick.Label));

        ParameterAxis many = ParameterAxis.Of("loss.kl_weight", ["0", .. Enumerable.Range(0, 11).Select(power => $"{1 << power}")]);
        Assert.Equal((many.At("0"), "0"), many.Axis.Ticks[0]);
        Assert.Equal(many.Axis.Low, many.At("0"));
        Assert.False(ParameterAxis.Of("model.latent_dim", ["0", "10", "20", "30"]).IsLogarithmic);
    }

    [Fact]
    public void EvenlySpacedValuesStandOnALinearAxis()
    {
        ParameterAxis axis = ParameterAxis.Of("model.latent_dim", ["2", "10", "20", "30"]);

        Assert.Equal((2, 30), (axis.Axis.Low, axis.Axis.High));
        Assert.Equal(10, axis.At("10"));
    }

    [Theory]
    [InlineData(6, 10)]
    [InlineData(12, 100)]
    [InlineData(40, 1000)]
    public void DrawsOverDecadesStandOnALogarithmicAxis(int draws, double ratio)
    {
        int logarithmic = Enumerable.Range(1, 100).Count(seed => OfDraws(seed, draws, share => 1e-4 * Elementary.Exp(share * Elementary.Log(ratio))).IsLogarithmic);

        Assert.InRange(logarithmic, 90, 100);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    public void EvenlyDrawnValuesStandOnALinearAxisThoughTheySpanDecades(int draws)
    {
        int logarithmic = Enumerable.Range(1, 100).Count(seed => OfDraws(seed, draws, share => 0.005 + 0.495 * share).IsLogarithmic);

        Assert.InRange(logarithmic, 0, 10);
    }

    [Theory]
    [InlineData(false, "1", "2", "3", "4", "5", "6", "7", "8")]
    [InlineData(false, "2", "4", "6", "8", "10", "12", "14", "16", "18", "20")]
    [InlineData(true, "1", "2", "5", "10", "20", "50", "100")]
    [InlineData(true, "2", "4", "8", "16", "32", "64")]
    public void AGridOfManyValuesKeepsItsScale(bool isLogarithmic, params string[] values) => Assert.Equal(isLogarithmic, ParameterAxis.Of("key", values).IsLogarithmic);

    static ParameterAxis OfDraws(int seed, int draws, Func<double, double> value)
    {
        float[] shares = new float[draws];
        new RandomStream((ulong)seed, "draws").FillUniform(shares, step: 0, epoch: 0);
        (shares[0], shares[1]) = (0, 1);   // the whole span
        return ParameterAxis.Of("key", shares.Select(share => value(share).ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void NamesAndListsStandOneAfterAnother()
    {
        ParameterAxis axis = ParameterAxis.Of("model.encoder", ["[400,200]", null, "[400]"]);

        Assert.Equal(["–", "[400]", "[400,200]"], axis.Axis.Ticks.Select(tick => tick.Label));
        Assert.Equal(1, axis.At("[400]"));
    }

    [Fact]
    public void ManyValuesHaveRoundTicks()
    {
        ParameterAxis axis = ParameterAxis.Of("rate", Enumerable.Range(0, 14).Select(i => (1e-5 * Math.ScaleB(1, i)).ToString("R", System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal(["1e-5", "0.0001", "0.001", "0.01"], axis.Axis.Ticks.Select(tick => tick.Label));
    }
}

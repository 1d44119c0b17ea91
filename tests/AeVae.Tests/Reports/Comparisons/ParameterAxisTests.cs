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
    public void EvenlySpacedValuesStandOnALinearAxis()
    {
        ParameterAxis axis = ParameterAxis.Of("model.latent_dim", ["2", "10", "20", "30"]);

        Assert.Equal((2, 30), (axis.Axis.Low, axis.Axis.High));
        Assert.Equal(10, axis.At("10"));
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

using AeVae.Models;
using AeVae.Models.Layers;

namespace AeVae.Tests.Models;

public sealed class InitializationTests
{
    const int Inputs = 100;
    const int Outputs = 300;

    [Fact]
    public void TorchDrawsWeightsAndBiasesUniformWithinOneOverRootFanIn()
    {
        Dense layer = Draw(Initialization.Torch, "layer");

        AssertUniform(layer.Weight.Value.ToArray(), 0.1);
        AssertUniform(layer.Bias.Value.ToArray(), 0.1);
    }

    [Fact]
    public void GlorotDrawsWeightsUniformAndBiasesZero()
    {
        Dense layer = Draw(Initialization.Glorot, "layer");

        AssertUniform(layer.Weight.Value.ToArray(), Math.Sqrt(6.0 / 400));
        Assert.All(layer.Bias.Value.ToArray(), b => Assert.Equal(0, b));
    }

    [Fact]
    public void HeDrawsWeightsNormalAndBiasesZero()
    {
        Dense layer = Draw(Initialization.He, "layer");

        float[] weights = layer.Weight.Value.ToArray();
        Assert.Equal(Math.Sqrt(2.0 / 100), Math.Sqrt(weights.Average(w => (double)w * w)), 0.002);
        // Kurtosis 3 tells a normal from a uniform (1.8).
        Assert.Equal(3, weights.Average(w => (double)w * w * w * w) / (0.02 * 0.02), 0.2);
        Assert.All(layer.Bias.Value.ToArray(), b => Assert.Equal(0, b));
    }

    [Fact]
    public void AnotherLayerMovesNoTensorOfThisOne()
    {
        float[] alone = Draw(Initialization.Torch, "layer").Weight.Value.ToArray();

        Draw(Initialization.Torch, "another");

        Assert.Equal(alone, Draw(Initialization.Torch, "layer").Weight.Value.ToArray());
        Assert.NotEqual(alone, Draw(Initialization.Torch, "another").Weight.Value.ToArray());
    }

    static Dense Draw(Initialization init, string name)
    {
        var layer = new Dense(name, Inputs, Outputs, AeVae.Compute.Activation.Identity, capacity: 1, inputHasZeros: false);
        WeightInitializer.Draw(layer, init, seed: 1);
        return layer;
    }

    static void AssertUniform(float[] values, double bound)
    {
        Assert.All(values, v => Assert.InRange(Math.Abs(v), 0, bound));
        // Five standard errors of the mean square of a uniform, bound²/3 · √0.8/√n.
        double meanSquare = values.Average(v => (double)v * v), expected = bound * bound / 3;
        Assert.Equal(expected, meanSquare, 5 * expected * Math.Sqrt(0.8 / values.Length));
        Assert.Equal(0, values.Average(v => (double)v), 5 * Math.Sqrt(expected / values.Length));
    }
}

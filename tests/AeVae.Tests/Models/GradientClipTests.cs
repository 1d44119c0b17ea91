using AeVae.Compute;
using AeVae.Models;
using AeVae.Models.Layers;
using AeVae.Models.Optimizers;

namespace AeVae.Tests.Models;

public sealed class GradientClipTests
{
    [Theory]
    [InlineData(1.0, 1.0 / (13.0 + 1e-6))]
    [InlineData(6.5, 6.5 / (13.0 + 1e-6))]
    [InlineData(13.1, 1.0)]
    [InlineData(1000.0, 1.0)]
    public void AllGradientsShrinkTogetherToTheLargestNorm(double maxNorm, double factor)
    {
        using var team = new ThreadTeam(1);
        Parameter weight = Parameter.Weight("w", 1, 2), bias = Parameter.Bias("b", 1);
        (weight.Gradient[0, 0], weight.Gradient[0, 1], bias.Gradient[0, 0]) = (3, -4, 12);   // norm 13

        GradientClip.Apply([weight, bias], maxNorm, team);

        Assert.Equal([(float)(3 * factor), (float)(-4 * factor)], weight.Gradient.Row(0).ToArray(), Within);
        Assert.Equal([(float)(12 * factor)], bias.Gradient.Row(0).ToArray(), Within);
    }

    [Fact]
    public void AGradientThatIsNotFiniteIsLeftForTheUpdateToName()
    {
        using var team = new ThreadTeam(1);
        Parameter weight = Parameter.Weight("w", 1, 2), bias = Parameter.Bias("b", 1), other = Parameter.Bias("c", 1);
        (weight.Gradient[0, 0], weight.Gradient[0, 1], bias.Gradient[0, 0], other.Gradient[0, 0]) = (3, -4, float.NaN, float.PositiveInfinity);

        GradientClip.Apply([weight, bias, other], 1.0, team);

        Assert.Equal([3, -4], weight.Gradient.Row(0).ToArray());
        foreach (OptimizerType type in Enum.GetValues<OptimizerType>())
            Assert.Same(bias, OptimizerCatalogue.Create(new OptimizerOptions { Type = type }, [weight, bias, other]).Step(1e-3, team));
    }

    static bool Within(float expected, float found) => Math.Abs(expected - found) <= 1e-6f * Math.Abs(expected);
}

using AeVae.Compute;
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

    static bool Within(float expected, float found) => Math.Abs(expected - found) <= 1e-6f * Math.Abs(expected);
}

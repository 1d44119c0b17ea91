using AeVae.Compute;
using AeVae.Models;
using AeVae.Models.Evaluation;

namespace AeVae.Tests.Models;

/// <summary>What is decoded on purpose is checked against what is decoded anyway: codes and reconstructions of the test images.</summary>
public sealed class LatentTourTests
{
    const int Pixels = SmallData.Pixels;

    [Theory]
    [InlineData(ModelType.Ae, 2)]
    [InlineData(ModelType.Vae, 2)]
    [InlineData(ModelType.Vae, 3)]
    public void EveryWayBeginsAndEndsAtReconstructions(ModelType type, int latentDim)
    {
        FinalEvaluation final = Train(type, latentDim).Final;
        byte[][] shown = Images(final.Reconstructions), straight = Images(final.Interpolations), walk = Images(final.Walk);
        for (int pair = 0; pair < shown.Length / 2; pair++)
        {
            Assert.Equal(shown[2 * pair], straight[9 * pair]);
            Assert.Equal(shown[2 * pair + 1], straight[9 * pair + 8]);
            if (final.SphericalInterpolations is { } spherical)
            {
                AssertClose(shown[2 * pair], Images(spherical)[9 * pair]);
                AssertClose(shown[2 * pair + 1], Images(spherical)[9 * pair + 8]);
            }
        }

        Assert.Equal(shown, walk.Where((_, i) => i % 8 == 0));
        Assert.Equal(latentDim > 2, final.SphericalInterpolations is not null);
        Assert.Equal(latentDim == 2, final.Manifold is not null);
        Assert.Equal(shown.Length * 8, final.WalkPath.GetLength(0));
    }

    [Fact]
    public void TraversalsPassTheMeanCodeAndTheMostUsedLatentComesFirst()
    {
        FinalEvaluation final = Train(ModelType.Vae, 3).Final;
        byte[][] traversals = Images(final.Traversals);
        Assert.Equal(final.KlPerDim!.Max(), final.KlPerDim![final.TraversedLatents[0]]);
        Assert.Equal([0, 1, 2], final.TraversedLatents.Order());
        AssertClose(traversals[4], traversals[9 + 4]);    // the middle of each is the mean code
        Assert.NotEqual(traversals[0], traversals[8]);
    }

    [Fact]
    public void TheLastFrameHoldsTheCodesOfTheEnd()
    {
        (IReadOnlyList<EpochResult> epochs, FinalEvaluation final) = Train(ModelType.Vae, 3);
        Half[,] last = epochs[^1].LatentFrame!;
        Assert.Equal((21, 3), (last.GetLength(0), last.GetLength(1)));
        Assert.Equal((Half)final.LatentCodes[4, 2], last[4, 2]);
        Assert.NotEqual(epochs[0].LatentFrame![4, 2], last[4, 2]);
    }

    static (IReadOnlyList<EpochResult> Epochs, FinalEvaluation Final) Train(ModelType type, int latentDim)
    {
        ExperimentSettings settings = SmallData.Vae();
        using ThreadTeam team = new(1);
        Trainer trainer = new(settings with { Model = settings.Model with { Type = type, LatentDim = latentDim } }, SmallData.Splits(), team);
        IReadOnlyList<EpochResult> epochs = [.. trainer.Run(CancellationToken.None)];
        return (epochs, trainer.Finish(CancellationToken.None));
    }

    static byte[][] Images(ByteImages images) => [.. images.Pixels.Chunk(Pixels)];

    // A grey level apart where a code was taken to its length and back.
    static void AssertClose(byte[] expected, byte[] actual) => Assert.All(expected.Zip(actual), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1));
}

public sealed class LatentFramesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(16)]
    public void AShortTrainingShowsEveryEpoch(int epochs) => Assert.Equal(Enumerable.Range(1, epochs), Frames(epochs));

    // 1 + 49·(f/15)² rounded down, but never before 1 + f; by hand.
    [Fact]
    public void ALongOneShowsTheBeginMoreCloselyThanTheEnd() =>
        Assert.Equal([1, 2, 3, 4, 5, 6, 8, 11, 14, 18, 22, 27, 32, 37, 43, 50], Frames(50));

    [Theory]
    [InlineData(17)]
    [InlineData(50)]
    [InlineData(1000)]
    public void TheFirstAndTheLastAreAlwaysShownAndThereAreSixteenAtMost(int epochs)
    {
        int[] frames = Frames(epochs);
        Assert.Equal((1, epochs), (frames[0], frames[^1]));
        Assert.InRange(frames.Length, 15, 16);
    }

    static int[] Frames(int epochs) => [.. Enumerable.Range(1, epochs).Where(epoch => LatentFrames.Contains(epoch, epochs))];
}

using AeVae.Compute;
using AeVae.Data;
using AeVae.Data.Batches;

namespace AeVae.Tests.Data;

public sealed class BatchReaderTests : IDisposable
{
    const ulong Seed = 42;

    // 300 images of 16 × 16 pixels: image i has the grey level i mod 256 everywhere.
    static readonly ImageSet Images = new(Enumerable.Range(0, 300 * 256).Select(i => (byte)(i / 256)).ToArray(), default, new ImageShape(16, 16));
    static readonly Splits Separate = new(Images, Images with { }, Images with { }, [], []);

    readonly ThreadTeam team = new(2);

    public void Dispose() => team.Dispose();

    [Fact]
    public void GreyLevelsAreTheCorrectlyRoundedQuotientsBy255()
    {
        Matrix batch = Read(BatchReader.ForTraining(Separate, Binarization.None, Seed), [.. Enumerable.Range(0, 256)]);

        // The quotient in double rounds to the same float as the exact one: it has more than twice a float's digits plus two.
        for (int level = 0; level < 256; level++) Assert.Equal((float)(level / 255.0), batch[level, 5]);
    }

    [Fact]
    public void ThresholdSetsOneFromHalfOn()
    {
        Matrix batch = Read(BatchReader.ForTraining(Separate, Binarization.Threshold, Seed), [0, 127, 128, 255]);

        Assert.Equal([0, 0, 1, 1], Column(batch));
    }

    [Fact]
    public void ImagesComeInTheOrderOfTheIndices()
    {
        Matrix batch = Read(BatchReader.ForTraining(Separate, Binarization.None, Seed), [255, 0, 51]);

        Assert.Equal([1, 0, 0.2f], Column(batch));
    }

    [Fact]
    public void ARangeIsTheSameAsItsIndices()
    {
        BatchReader reader = BatchReader.ForTraining(Separate, Binarization.Dynamic, Seed);
        var range = new Matrix(4, 256);

        reader.FillRange(range, first: 100, count: 3, epoch: 2, team);

        Assert.Equal(Rows(Read(reader, [100, 101, 102], epoch: 2)), Rows(range));
    }

    [Theory]
    [InlineData(Binarization.Dynamic)]
    [InlineData(Binarization.Static)]
    public void ADrawDependsOnTheImageAndNotOnItsPlaceInTheBatch(Binarization binarization)
    {
        BatchReader reader = BatchReader.ForTraining(Separate, binarization, Seed);

        Assert.Equal(Rows(Read(reader, [120, 7, 9])).Take(256), Rows(Read(reader, [9, 7, 120])).Skip(512));
    }

    [Fact]
    public void ADynamicDrawIsFreshInEveryEpoch()
    {
        BatchReader reader = BatchReader.ForTraining(Separate, Binarization.Dynamic, Seed);

        Assert.NotEqual(Rows(Read(reader, [128], epoch: 1)), Rows(Read(reader, [128], epoch: 2)));
    }

    [Fact]
    public void AStaticDrawIsTheSameInEveryEpoch()
    {
        BatchReader reader = BatchReader.ForTraining(Separate, Binarization.Static, Seed);

        Assert.Equal(Rows(Read(reader, [128], epoch: 1)), Rows(Read(reader, [128], epoch: 2)));
    }

    [Fact]
    public void ValidationAndTestImagesKeepOneDrawEach()
    {
        BatchReader validation = BatchReader.ForValidation(Separate, Binarization.Dynamic, Seed);
        BatchReader test = BatchReader.ForTest(Separate, Binarization.Dynamic, Seed);

        Assert.Equal(Rows(Read(validation, [128], epoch: 1)), Rows(Read(validation, [128], epoch: 2)));
        Assert.Equal(Rows(Read(test, [128], epoch: 1)), Rows(Read(test, [128], epoch: 2)));
        Assert.NotEqual(Rows(Read(validation, [128])), Rows(Read(test, [128])));
    }

    [Fact]
    public void ValidatingOnTheTestSplitReadsTheTestImages()
    {
        Splits shared = Separate with { Validation = Separate.Test };

        Assert.Equal(
            Rows(Read(BatchReader.ForTest(shared, Binarization.Dynamic, Seed), [128])),
            Rows(Read(BatchReader.ForValidation(shared, Binarization.Dynamic, Seed), [128])));
    }

    [Fact]
    public void ADrawComparesTheStreamsUniformNumbersWithTheGreyLevels()
    {
        // 3 × 7 pixels, so that neither 4 nor 16 divides an image; runs of black, white and grey ones in between.
        byte[] levels = [0, 0, 0, 0, 0, 1, 254, 255, 255, 255, 255, 255, 128, 7, 0, 0, 0, 0, 90, 200, 3];
        var image = new ImageSet(levels.Concat(levels.Reverse()).Concat(new byte[21]).ToArray(), default, new ImageShape(3, 7));
        var batch = new Matrix(3, levels.Length);

        BatchReader.ForTraining(Separate with { Train = image }, Binarization.Dynamic, Seed).FillRange(batch, first: 0, count: 3, epoch: 9, team);

        for (int row = 0; row < 3; row++)
        {
            float[] uniform = new float[levels.Length];
            new RandomStream(Seed, "binarize").FillUniform(uniform, step: (uint)row, epoch: 9);
            for (int i = 0; i < levels.Length; i++) Assert.Equal(uniform[i] < image.Pixels.Span[row * levels.Length + i] / 255f ? 1 : 0, batch[row, i]);
        }

        Assert.True(Compute.Samples.PaddingIsZero(batch));
    }

    [Fact]
    public void AnotherSeedGivesAnotherDraw()
    {
        Assert.NotEqual(
            Rows(Read(BatchReader.ForTraining(Separate, Binarization.Static, seed: 1), [128])),
            Rows(Read(BatchReader.ForTraining(Separate, Binarization.Static, seed: 2), [128])));
    }

    [Fact]
    public void APixelIsWhiteAsOftenAsItsGreyLevelSays()
    {
        BatchReader reader = BatchReader.ForTraining(Separate, Binarization.Dynamic, Seed);
        int[] levels = [0, 51, 128, 204, 255];
        double[] white = new double[levels.Length];
        const int Epochs = 100;
        for (int epoch = 1; epoch <= Epochs; epoch++)
        {
            Matrix batch = Read(reader, levels, epoch);
            for (int i = 0; i < levels.Length; i++) white[i] += batch.Row(i).ToArray().Sum();
        }

        for (int i = 0; i < levels.Length; i++)
        {
            // 25,600 draws: four standard deviations of a mean are at most 4 · 0.5/√25600 = 0.0125; black and white are certain.
            double tolerance = levels[i] is 0 or 255 ? 0 : 0.0125;
            Assert.InRange(white[i] / (Epochs * 256), levels[i] / 255.0 - tolerance, levels[i] / 255.0 + tolerance);
        }
    }

    [Fact]
    public void ABatchAllocatesNothing()
    {
        BatchReader reader = BatchReader.ForTraining(Separate, Binarization.Dynamic, Seed);
        var batch = new Matrix(3, 256);
        int[] indices = [1, 2, 3];
        reader.Fill(batch, indices, epoch: 1, team);

        Assert.Equal(0, Allocations.Of(() => reader.Fill(batch, indices, epoch: 1, team)));
    }

    [Fact]
    public void AShortBatchLowersTheRows()
    {
        var batch = new Matrix(64, 256);

        BatchReader.ForTraining(Separate, Binarization.None, Seed).Fill(batch, [1, 2], epoch: 1, team);

        Assert.Equal(2, batch.Rows);
    }

    [Fact]
    public void RefusesAMatrixOfAnotherWidth()
    {
        BatchReader reader = BatchReader.ForTraining(Separate, Binarization.None, Seed);

        Assert.Contains("target is (2 × 10) but an image has 256 pixels", Assert.Throws<ArgumentException>(() => reader.Fill(new Matrix(2, 10), [0], epoch: 1, team)).Message, StringComparison.Ordinal);
    }

    Matrix Read(BatchReader reader, int[] indices, int epoch = 1)
    {
        var batch = new Matrix(indices.Length, 256);
        reader.Fill(batch, indices, epoch, team);
        return batch;
    }

    static float[] Rows(Matrix batch) => [.. Enumerable.Range(0, batch.Rows).SelectMany(row => batch.Row(row).ToArray())];

    static float[] Column(Matrix batch) => [.. Enumerable.Range(0, batch.Rows).Select(row => batch[row, 0])];
}

using AeVae.Compute;
using AeVae.Data;
using AeVae.Data.Batches;
using AeVae.Models;
using AeVae.Models.Evaluation;
using AeVae.Models.Losses;

namespace AeVae.Tests.Models;

public sealed class DecodedImagesTests
{
    static readonly ExperimentSettings Settings = SmallData.Ae();
    static readonly Splits Data = SmallData.Splits();

    [Fact]
    public void EdgesAreSquaredDifferencesInRowsAndColumns()
    {
        // 0 3 1   differences in rows 3, −2; 1, −2
        // 1 2 0   and in columns 1, −1, −1
        Matrix image = new(1, 6);
        ((ReadOnlySpan<float>)[0, 3, 1, 1, 2, 0]).CopyTo(image.Row(0));
        Assert.Equal(9 + 4 + 1 + 4 + 1 + 1 + 1, DecodedImages.Edges(image, new ImageShape(2, 3)));
    }

    [Fact]
    public void EdgesOfAColourImageAreThoseOfItsChannels()
    {
        // The image above in red, its double in green, and blue that is the same everywhere.
        Matrix image = new(1, 18);
        foreach ((int i, float level) in new float[] { 0, 3, 1, 1, 2, 0 }.Index()) ((ReadOnlySpan<float>)[level, 2 * level, 7]).CopyTo(image.Row(0)[(3 * i)..]);
        Assert.Equal((1 + 4) * (9 + 4 + 1 + 4 + 1 + 1 + 1), DecodedImages.Edges(image, new ImageShape(2, 3, Channels: 3)));
    }

    [Fact]
    public void CoverageCountsImagesWithASampleAmongTheirFiveNeighbours()
    {
        // On a line at 0, 1, …, 6: the fifth neighbour of 0 and 6 lies 5 away, of 1 and 5 it lies 4 away, of 2, 3 and 4 it lies 3 away.
        using var team = new ThreadTeam(1);
        Matrix images = Line(0, 1, 2, 3, 4, 5, 6);
        Assert.Equal(1, DecodedImages.Coverage(images, Line(3), team, CancellationToken.None));
        Assert.Equal(1 / 7.0, DecodedImages.Coverage(images, Line(10.5f), team, CancellationToken.None));   // 4.5 from 6, 5.5 from 5
        Assert.Equal(0, DecodedImages.Coverage(images, Line(11, -5), team, CancellationToken.None));       // 5 is not nearer than 5
    }

    [Fact]
    public void EveryThreadCountAndRegisterWidthMeasuresTheSameBits()
    {
        MetricValue[] expected = Measure(1, SimdPath.Scalar);
        Assert.Equal(["sample_coverage", "interpolation_distance", "sharpness", "sample_sharpness"], expected.Select(metric => metric.Name));
        foreach (SimdPath path in Compute.Samples.Paths)
            Assert.Equal(expected, Measure(3, path));
    }

    [Fact]
    public void HalfwayImagesAreAsFarFromTheTrainingImagesAsTheDefinitionSays()
    {
        using var team = new ThreadTeam(1);
        Matrix codes = Codes(team), middle = new(1, 3), images = new(21, SmallData.Pixels);
        BatchReader.ForTest(Data, Binarization.None, 0).FillRange(images, 0, 21, 1, team);
        double decoded = 0, real = 0;
        for (int pair = 0; pair < 10; pair++)
        {
            for (int j = 0; j < 3; j++) middle[0, j] = (codes[2 * pair, j] + codes[2 * pair + 1, j]) / 2;
            Matrix image = Objective().Reconstruct(Network().Decode(middle, team), team);
            decoded += Nearest(image.Row(0).ToArray()) / 10;
        }

        for (int row = 0; row < 21; row++) real += Nearest(images.Row(row).ToArray()) / 21;
        Assert.Equal(decoded / real, Measure(1, SimdPath.Scalar).Single(metric => metric.Name == "interpolation_distance").Value, 1e-5);   // fp32 products
    }

    [Fact]
    public void ImagesWithoutEdgesAndKnownFromTrainingGiveNoScale()
    {
        using var team = new ThreadTeam(1);
        var flat = new ImageSet(new byte[5 * SmallData.Pixels], default, SmallData.Shape);
        Assert.Empty(Decoded(Data with { Train = flat, Test = flat }, team).Measure(new Matrix(5, 3), CancellationToken.None));
    }

    static double Nearest(float[] image) => Enumerable.Range(0, Data.Train.Count).Min(i =>
        Math.Sqrt(image.Index().Select(pixel => pixel.Item - Data.Train.Pixels.Span[i * SmallData.Pixels + pixel.Index] / 255.0).Sum(difference => difference * difference)));

    static MetricValue[] Measure(int threads, SimdPath path)
    {
        using var team = new ThreadTeam(threads, path);
        return [.. Decoded(Data, team).Measure(Codes(team), CancellationToken.None)];
    }

    static DecodedImages Decoded(Splits splits, ThreadTeam team) =>
        new(Network(), Objective(), BatchReader.ForTraining(splits, Binarization.None, 0), BatchReader.ForTest(splits, Binarization.None, 0), Settings.Seed, team);

    static Autoencoder Network() => new(Settings.Model, SmallData.Pixels, Settings.Seed, capacity: 4);

    static Objective Objective() => new(Settings.Loss, Settings.Model.Output, SmallData.Pixels, 4);

    static Matrix Codes(ThreadTeam team) =>
        new Evaluator(Network(), Objective(), Settings, SmallData.Pixels, 4, team).Codes(BatchReader.ForTest(Data, Binarization.None, 0), 21, CancellationToken.None);

    static Matrix Line(params ReadOnlySpan<float> places)
    {
        var line = new Matrix(places.Length, 1);
        for (int row = 0; row < places.Length; row++) line[row, 0] = places[row];
        return line;
    }
}

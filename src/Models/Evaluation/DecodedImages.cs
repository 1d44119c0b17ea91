using AeVae.Compute;
using AeVae.Data;
using AeVae.Data.Batches;
using AeVae.Models.Losses;

namespace AeVae.Models.Evaluation;

/// <summary>Measures what the decoder draws: beside images that it has never seen, and by its edges.</summary>
sealed class DecodedImages(Autoencoder network, Objective objective, BatchReader train, BatchReader test, ulong seed, ThreadTeam team)
{
    const int MaxReferences = 10_000;
    const int MaxImages = 1_000;
    const int Neighbours = 5;   // of an image whose surroundings a sample must reach

    readonly BatchDecoder decoder = new(network, objective, test.Images.PixelsPerImage, team);

    /// <summary>Images decoded from the first <paramref name="count"/> draws of N(0, I), (count × pixels).</summary>
    public Matrix SamplePrior(int count)
    {
        var z = new Matrix(count, network.LatentDim);
        new RandomStream(seed, "samples").FillNormal(z, firstRow: 0, count, step: 0, epoch: 0, firstElement: 0, team);
        return decoder.Decode(z);
    }

    /// <summary>The metrics of decoded images; those that the test images give no scale for (too few, all flat, all known from training) are left out.</summary>
    /// <param name="codes">Code (ae) or μ (vae) of every test image, (images × latent).</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IEnumerable<MetricValue> Measure(Matrix codes, CancellationToken cancellation)
    {
        Matrix images = Read(test, Math.Min(codes.Rows, MaxImages)), samples = SamplePrior(images.Rows);
        if (images.Rows > Neighbours)
            yield return Value("sample_coverage", Coverage(images, samples, team, cancellation));

        var references = new NearestSearch(Read(train, Math.Min(train.Images.Count, MaxReferences)));
        double distanceOfImages = MeanDistance(references, images, cancellation);
        if (codes.Rows > 1 && distanceOfImages > 0)
            yield return Value("interpolation_distance", MeanDistance(references, decoder.Decode(Midpoints(codes)), cancellation) / distanceOfImages);

        ImageShape shape = test.Images.Shape;
        double edgesOfImages = Edges(images, shape);
        if (edgesOfImages == 0) yield break;
        yield return Value("sharpness", Edges(decoder.Decode(First(codes, images.Rows)), shape) / edgesOfImages);
        yield return Value("sample_sharpness", Edges(samples, shape) / edgesOfImages);
    }

    static MetricValue Value(string name, double value) => new(Split.Test, name, value);

    // Epoch 1: training images that are binarised afresh every epoch are measured as that epoch drew them.
    Matrix Read(BatchReader reader, int count)
    {
        var images = new Matrix(count, reader.Images.PixelsPerImage);
        reader.FillRange(images, 0, count, epoch: 1, team);
        return images;
    }

    /// <summary>Mean Euclidean distance to the nearest reference.</summary>
    double MeanDistance(NearestSearch references, Matrix images, CancellationToken cancellation)
    {
        double sum = 0;
        references.ForEach(images, 1, (_, nearest) => sum += Math.Sqrt(nearest.Distance(0)), team, cancellation);
        return sum / images.Rows;
    }

    /// <summary>Share of images that have a sample nearer than their fifth neighbour among the images.</summary>
    public static double Coverage(Matrix images, Matrix samples, ThreadTeam team, CancellationToken cancellation)
    {
        double[] reach = new double[images.Rows];
        new NearestSearch(images).ForEach(images, Neighbours + 1, (row, nearest) => reach[row] = nearest.Distance(Neighbours), team, cancellation);   // the nearest is the image itself
        int covered = 0;
        new NearestSearch(samples).ForEach(images, 1, (row, nearest) => covered += nearest.Distance(0) < reach[row] ? 1 : 0, team, cancellation);
        return (double)covered / images.Rows;
    }

    /// <summary>Halfway between the codes of test images 0 and 1, 2 and 3, …</summary>
    static Matrix Midpoints(Matrix codes)
    {
        var midpoints = new Matrix(Math.Min(codes.Rows / 2, MaxImages), codes.Columns);
        for (int row = 0; row < midpoints.Rows; row++)
        {
            for (int j = 0; j < codes.Columns; j++) midpoints[row, j] = 0.5f * (codes[2 * row, j] + codes[2 * row + 1, j]);
        }

        return midpoints;
    }

    static Matrix First(Matrix codes, int count)
    {
        var first = new Matrix(count, codes.Columns);
        for (int row = 0; row < count; row++) codes.Row(row).CopyTo(first.Row(row));
        return first;
    }

    /// <summary>Sum of the squared differences of pixels that are neighbours in a row or in a column, of each channel for itself.</summary>
    public static double Edges(Matrix images, ImageShape shape)
    {
        int channels = shape.Channels, width = shape.Width * channels;
        double sum = 0;
        for (int row = 0; row < images.Rows; row++)
        {
            Span<float> pixels = images.Row(row);
            for (int i = 0; i < pixels.Length; i++)
            {
                double right = i % width >= width - channels ? 0 : (double)pixels[i + channels] - pixels[i], below = i + width >= pixels.Length ? 0 : (double)pixels[i + width] - pixels[i];
                sum += right * right + below * below;
            }
        }

        return sum;
    }
}

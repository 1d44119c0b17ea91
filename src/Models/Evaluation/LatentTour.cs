using AeVae.Compute;
using AeVae.Data;
using AeVae.Models.Losses;

namespace AeVae.Models.Evaluation;

/// <summary>Decodes images at chosen places of the latent space.</summary>
/// <param name="network">The network.</param>
/// <param name="objective">Turns what the decoder says into pixels.</param>
/// <param name="shape">Size of an image.</param>
/// <param name="team">Threads.</param>
sealed class LatentTour(Autoencoder network, Objective objective, ImageShape shape, ThreadTeam team)
{
    /// <summary>Images on the way from one image to another, both included; a power of two and one.</summary>
    public const int InterpolationSteps = 9;

    /// <summary>Images along one latent.</summary>
    public const int TraversalSteps = 9;

    /// <summary>Latents that are traversed at most.</summary>
    public const int TraversedLatents = 10;

    const int StepsOfWalk = 8;
    const double TraversalReach = 3;   // standard deviations on either side

    readonly BatchDecoder decoder = new(network, objective, shape.Values, team);

    // Quantiles (i + ½)/15 of N(0, 1), i = 7 … 14; the others are their negatives. R: qnorm((0:14 + 0.5)/15).
    static readonly double[] UpperQuantiles = [0, 0.1678940, 0.3406948, 0.5244005, 0.7279133, 0.9674216, 1.2815516, 1.8339146];

    /// <summary>The decoded plane of a model with two latents, at the quantiles of the prior: rows from high to low in the second latent, columns from low to high in the first.</summary>
    public ByteImages Manifold()
    {
        double[] quantiles = [.. UpperQuantiles.Skip(1).Reverse().Select(z => -z), .. UpperQuantiles];
        return Decode([.. quantiles.Reverse().SelectMany(second => quantiles.Select(first => new[] { (float)first, (float)second }))]);
    }

    /// <summary>Straight ways between codes of a pair: (pairs · steps × height × width).</summary>
    public ByteImages Interpolations(float[][] codes) => Decode([.. Pairs(codes).SelectMany(pair =>
        Enumerable.Range(0, InterpolationSteps).Select(step => Between(pair.From, pair.To, step / (InterpolationSteps - 1f))))]);

    /// <summary>The same on great circles: directions turn evenly while radii change evenly (White 2016, arXiv:1609.04468).</summary>
    public ByteImages SphericalInterpolations(float[][] codes) => Decode([.. Pairs(codes).SelectMany(pair => Arc(pair.From, pair.To))]);

    /// <summary>Each latent from 3 standard deviations below its mean to 3 above, all others at their means.</summary>
    /// <param name="latents">Which.</param>
    /// <param name="mean">Mean code.</param>
    /// <param name="deviation">Standard deviation of each latent's codes.</param>
    public ByteImages Traversals(int[] latents, double[] mean, double[] deviation) => Decode([.. latents.SelectMany(latent =>
        Enumerable.Range(0, TraversalSteps).Select(step =>
        {
            float[] z = [.. mean.Select(value => (float)value)];
            z[latent] = (float)(mean[latent] + TraversalReach * (2.0 * step / (TraversalSteps - 1) - 1) * deviation[latent]);
            return z;
        }))]);

    /// <summary>A round trip through codes, 8 images from one to the next.</summary>
    /// <returns>The images, and where they lie.</returns>
    public (ByteImages Images, float[][] Path) Walk(float[][] codes)
    {
        float[][] path = [.. codes.SelectMany((from, i) =>
            Enumerable.Range(0, StepsOfWalk).Select(step => Between(from, codes[(i + 1) % codes.Length], step / (float)StepsOfWalk)))];
        return (Decode(path), path);
    }

    static IEnumerable<(float[] From, float[] To)> Pairs(float[][] codes) => codes.Chunk(2).Where(pair => pair.Length == 2).Select(pair => (pair[0], pair[1]));

    static float[] Between(float[] from, float[] to, float share) => [.. from.Zip(to, (a, b) => (1 - share) * a + share * b)];

    // Halved again and again: the direction halfway between two is that of their sum, which takes no sine.
    static float[][] Arc(float[] from, float[] to)
    {
        double[][] directions = new double[InterpolationSteps][];
        (double radiusFrom, double radiusTo) = (Length(from), Length(to));
        directions[0] = [.. from.Select(value => radiusFrom > 0 ? value / radiusFrom : 0)];
        directions[^1] = [.. to.Select(value => radiusTo > 0 ? value / radiusTo : 0)];
        for (int stride = InterpolationSteps - 1; stride > 1; stride /= 2)
        {
            for (int left = 0; left < InterpolationSteps - 1; left += stride)
                directions[left + stride / 2] = Halfway(directions[left], directions[left + stride]);
        }

        return [.. directions.Select((direction, step) =>
        {
            double share = step / (InterpolationSteps - 1.0), radius = (1 - share) * radiusFrom + share * radiusTo;
            return (float[])[.. direction.Select(value => (float)(radius * value))];
        })];
    }

    static double[] Halfway(double[] a, double[] b)
    {
        double[] sum = [.. a.Zip(b, (x, y) => x + y)];
        double length = 0;
        foreach (double value in sum) length += value * value;
        length = Math.Sqrt(length);
        return length > 0 ? [.. sum.Select(value => value / length)] : a;   // opposite directions have no way between them
    }

    static double Length(float[] code)
    {
        double sum = 0;
        foreach (float value in code) sum += (double)value * value;
        return Math.Sqrt(sum);
    }

    ByteImages Decode(float[][] codes)
    {
        Matrix z = new(codes.Length, network.LatentDim);
        for (int row = 0; row < codes.Length; row++) codes[row].CopyTo(z.Row(row));
        return ByteImages.Of(decoder.Decode(z), shape);
    }
}

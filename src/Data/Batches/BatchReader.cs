using AeVae.Compute;

namespace AeVae.Data.Batches;

/// <summary>Turns images into the floats of a batch. What an image becomes depends on the seed, its split, its index and the epoch, never on its place in a batch.</summary>
public sealed class BatchReader
{
    // Correctly rounded quotients, so that a grey level is the same float wherever it is read.
    static readonly float[] GreyLevels = [.. Enumerable.Range(0, 256).Select(level => level / 255f)];

    readonly Binarization binarization;
    readonly RandomStream stream;

    BatchReader(ImageSet images, Binarization binarization, ulong seed, string purpose)
    {
        Images = images;
        this.binarization = binarization;
        stream = new RandomStream(seed, purpose);
    }

    /// <summary>The images that are read.</summary>
    public ImageSet Images { get; }

    /// <summary>Reads training images; <see cref="Binarization.Dynamic"/> draws them afresh every epoch.</summary>
    public static BatchReader ForTraining(Splits splits, Binarization binarization, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(splits);
        return new(splits.Train, binarization, seed, "binarize");
    }

    /// <summary>Reads validation images, which keep one draw; it is that of the test images when the test split is the validation split.</summary>
    public static BatchReader ForValidation(Splits splits, Binarization binarization, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(splits);
        return ReferenceEquals(splits.Validation, splits.Test) ? ForTest(splits, binarization, seed) : new(splits.Validation, KeepOneDraw(binarization), seed, "binarize/validation");
    }

    /// <summary>Reads test images, which keep one draw.</summary>
    public static BatchReader ForTest(Splits splits, Binarization binarization, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(splits);
        return new(splits.Test, KeepOneDraw(binarization), seed, "binarize/test");
    }

    /// <summary>Writes one image per row, values in [0, 1].</summary>
    /// <param name="target">(capacity × pixels); its rows are set to the number of indices.</param>
    /// <param name="indices">Indices into <see cref="Images"/>.</param>
    /// <param name="epoch">Epoch from 1; matters only for training images under <see cref="Binarization.Dynamic"/>.</param>
    /// <exception cref="ArgumentException">The columns of <paramref name="target"/> are not the pixels of an image.</exception>
    public void Fill(Matrix target, ReadOnlySpan<int> indices, int epoch)
    {
        Prepare(target, indices.Length);
        for (int row = 0; row < indices.Length; row++) Read(indices[row], epoch, target.Row(row));
    }

    /// <summary>Writes <paramref name="count"/> consecutive images, one per row, values in [0, 1].</summary>
    /// <param name="target">(capacity × pixels); its rows are set to <paramref name="count"/>.</param>
    /// <param name="first">Index of the first image.</param>
    /// <param name="count">Number of images.</param>
    /// <param name="epoch">Epoch from 1; matters only for training images under <see cref="Binarization.Dynamic"/>.</param>
    /// <exception cref="ArgumentException">The columns of <paramref name="target"/> are not the pixels of an image.</exception>
    public void FillRange(Matrix target, int first, int count, int epoch)
    {
        Prepare(target, count);
        for (int row = 0; row < count; row++) Read(first + row, epoch, target.Row(row));
    }

    static Binarization KeepOneDraw(Binarization binarization) => binarization == Binarization.Dynamic ? Binarization.Static : binarization;

    void Prepare(Matrix target, int rows)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.Columns != Images.PixelsPerImage) throw new ArgumentException($"target is {target} but an image has {Images.PixelsPerImage} pixels", nameof(target));
        target.Rows = rows;
    }

    void Read(int index, int epoch, Span<float> values)
    {
        ReadOnlySpan<byte> pixels = Images.Pixels.Span.Slice(checked(index * values.Length), values.Length);
        switch (binarization)
        {
            case Binarization.None:
                for (int i = 0; i < values.Length; i++) values[i] = GreyLevels[pixels[i]];
                break;
            case Binarization.Threshold:
                for (int i = 0; i < values.Length; i++) values[i] = pixels[i] >= 128 ? 1 : 0;
                break;
            default:
                uint draw = binarization == Binarization.Dynamic ? (uint)epoch : 0;
                stream.FillUniform(values, step: (uint)index, epoch: draw);
                for (int i = 0; i < values.Length; i++) values[i] = values[i] < GreyLevels[pixels[i]] ? 1 : 0;
                break;
        }
    }
}

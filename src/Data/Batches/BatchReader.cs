using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AeVae.Compute;
using AeVae.Compute.Lanes;

namespace AeVae.Data.Batches;

/// <summary>Turns images into the floats of a batch. What an image becomes depends on the seed, its split, its index and the epoch, never on its place in a batch.</summary>
public sealed class BatchReader
{
    const float White = byte.MaxValue;

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
    /// <param name="team">Threads to use.</param>
    /// <exception cref="ArgumentException">The columns of <paramref name="target"/> are not the pixels of an image.</exception>
    public unsafe void Fill(Matrix target, ReadOnlySpan<int> indices, int epoch, ThreadTeam team)
    {
        if (indices.ContainsAnyExceptInRange(0, Images.Count - 1)) throw new ArgumentOutOfRangeException(nameof(indices), $"an index lies outside 0 … {Images.Count - 1}");
        fixed (int* chosen = indices) Fill(target, chosen, first: 0, indices.Length, epoch, team);
    }

    /// <summary>Writes <paramref name="count"/> consecutive images, one per row, values in [0, 1].</summary>
    /// <param name="target">(capacity × pixels); its rows are set to <paramref name="count"/>.</param>
    /// <param name="first">Index of the first image.</param>
    /// <param name="count">Number of images.</param>
    /// <param name="epoch">Epoch from 1; matters only for training images under <see cref="Binarization.Dynamic"/>.</param>
    /// <param name="team">Threads to use.</param>
    /// <exception cref="ArgumentException">The columns of <paramref name="target"/> are not the pixels of an image.</exception>
    public unsafe void FillRange(Matrix target, int first, int count, int epoch, ThreadTeam team)
    {
        if (first < 0 || first + (long)count > Images.Count) throw new ArgumentOutOfRangeException(nameof(first), $"images {first} … {first + (long)count - 1} are not all among 0 … {Images.Count - 1}");
        Fill(target, chosen: null, first, count, epoch, team);
    }

    static Binarization KeepOneDraw(Binarization binarization) => binarization == Binarization.Dynamic ? Binarization.Static : binarization;

    unsafe void Fill(Matrix target, int* chosen, int first, int count, int epoch, ThreadTeam team)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(team);
        if (target.Columns != Images.PixelsPerImage) throw new ArgumentException($"target is {target} but an image has {Images.PixelsPerImage} pixels", nameof(target));
        target.Rows = count;
        team.Run(new ReadLoop(this, target, chosen, first, epoch), count, (long)ReadLoop.CostPerPixel * target.Columns);
    }

    unsafe void Prefetch(int index)
    {
        fixed (byte* pixels = Images.Pixels.Span.Slice(index * Images.PixelsPerImage, Images.PixelsPerImage)) Simd.Prefetch(pixels, Images.PixelsPerImage);
    }

    unsafe void Read(int index, int epoch, Matrix target, int row)
    {
        Span<float> values = target.Row(row);
        ReadOnlySpan<byte> pixels = Images.Pixels.Span.Slice(checked(index * values.Length), values.Length);
        switch (binarization)
        {
            case Binarization.None:
                Divide(pixels, values);
                break;
            case Binarization.Threshold:
                for (int i = 0; i < values.Length; i++) values[i] = pixels[i] >= 128 ? 1 : 0;
                break;
            default:
                Draw(pixels, target.Origin + (nint)row * target.Stride, (uint)index, binarization == Binarization.Dynamic ? (uint)epoch : 0);
                break;
        }
    }

    /// <summary>Grey level ÷ 255, correctly rounded.</summary>
    static void Divide(ReadOnlySpan<byte> pixels, Span<float> values)
    {
        int i = 0;
        for (; i <= pixels.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.Create(pixels[i..]));
            Divide(low, values[i..]);
            Divide(high, values[(i + Vector128<ushort>.Count)..]);
        }

        for (; i < pixels.Length; i++) values[i] = pixels[i] / White;
    }

    static void Divide(Vector128<ushort> levels, Span<float> values)
    {
        Vector256<int> wide = Vector256.Create(Vector128.WidenLower(levels), Vector128.WidenUpper(levels)).AsInt32();
        (Vector256.ConvertToSingle(wide) / White).CopyTo(values);
    }

    /// <summary>1 with the grey level as probability, else 0: pixel i takes element i of the image's step.</summary>
    /// <param name="pixels">Grey levels.</param>
    /// <param name="values">Room for the pixels and up to three more, which become 0.</param>
    /// <param name="step">The image.</param>
    /// <param name="epoch">The epoch of the draw.</param>
    unsafe void Draw(ReadOnlySpan<byte> pixels, float* values, uint step, uint epoch)
    {
        for (int first = 0; first < pixels.Length; first += RandomStream.BlockElements)
        {
            uint levels = Four(pixels[first..]);
            // Four black pixels, as most are, need no draw: a probability of 0 is never met.
            Vector128<float> white = levels == 0 ? Vector128<float>.Zero : Vector128.LessThan(stream.Uniforms(first / RandomStream.BlockElements, step, epoch), Probabilities(levels));
            (white & Vector128<float>.One).Store(values + first);
        }

        static Vector128<float> Probabilities(uint levels) =>
            Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(levels).AsByte())).AsInt32()) / White;
    }

    /// <summary>The first four bytes as they lie in memory, black where there are fewer.</summary>
    static uint Four(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= sizeof(uint)) return MemoryMarshal.Read<uint>(bytes);
        uint four = 0;
        bytes.CopyTo(MemoryMarshal.AsBytes(new Span<uint>(ref four)));
        return four;
    }

    /// <summary>An item is a row.</summary>
    readonly unsafe struct ReadLoop(BatchReader reader, Matrix target, int* chosen, int first, int epoch) : ILoop
    {
        /// <summary>Rough number of operations per pixel.</summary>
        public const int CostPerPixel = 2;

        // Images are read in random order, and to fetch one from memory takes longer than to convert several.
        const int RowsAhead = 4;

        public void Run<TFloat, TDouble>(int firstRow, int endRow)
            where TFloat : struct, IFloatLanes<TFloat>
            where TDouble : struct, IDoubleLanes<TDouble>
        {
            for (int row = firstRow; row < endRow; row++)
            {
                if (row + RowsAhead < endRow) reader.Prefetch(Index(row + RowsAhead));
                reader.Read(Index(row), epoch, target, row);
            }
        }

        int Index(int row) => chosen == null ? first + row : chosen[row];
    }
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using AeVae.Compute;
using AeVae.Compute.Lanes;
using AeVae.Data.Pictures;

namespace AeVae.Data.Images;

/// <summary>The pictures of a split in one array. A file is read once; whether it must be decoded, or its pixels are kept, its bytes decide.</summary>
/// <param name="files">The pictures, in their order.</param>
/// <param name="shape">Size they are made into.</param>
sealed class PictureStack(IReadOnlyList<ImageFile> files, ImageShape shape)
{
    const int PicturesPerTurn = 16;   // between two reports of progress

    /// <summary>Their pixels, (files × values).</summary>
    public byte[] Pixels { get; } = new byte[files.Count * shape.Values];

    /// <summary>SHA-256 of the bytes of each file; null where it was not read, or is no picture.</summary>
    public Digest?[] Contents { get; } = new Digest?[files.Count];

    /// <summary>Some were not kept, and had to be decoded.</summary>
    public bool HasDecoded { get; private set; }

    /// <summary>Reads all.</summary>
    /// <param name="kept">Pixels of pictures that were read before.</param>
    /// <param name="team">Threads.</param>
    /// <param name="defects">Gets what is wrong with files that are no pictures, by their paths.</param>
    /// <param name="progress">Told of the number of files that are done.</param>
    /// <param name="cancellation">Ends it; what was read until then stands.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Read(PreparedImages kept, ThreadTeam team, ConcurrentDictionary<string, string> defects, Action<int> progress, CancellationToken cancellation)
    {
        for (int first = 0; first < files.Count; first += PicturesPerTurn)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(PicturesPerTurn, files.Count - first);
            team.Run(new PictureLoop(this, kept, first, defects, cancellation), count, PictureLoop.CostPerPicture);
            progress(count);
        }

        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Pixels of one.</summary>
    public Span<byte> PixelsOf(int picture) => Pixels.AsSpan(picture * shape.Values, shape.Values);

    void Read(int picture, PreparedImages kept)
    {
        string path = files[picture].Path;
        // Also what no file is, such as a pipe, which would be waited for.
        if (new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path).Length == 0) throw new InvalidDataException("is empty, or no file");
        byte[] file = File.ReadAllBytes(path);
        Digest content = new(SHA256.HashData(file));
        if (!kept.TryRead(content, PixelsOf(picture)))
        {
            SquareImage.Fit(PictureReader.Read(file), shape.Height, isColour: shape.Channels > 1, PixelsOf(picture));
            HasDecoded = true;
        }

        Contents[picture] = content;
    }

    /// <summary>An item is a picture.</summary>
    readonly struct PictureLoop(PictureStack stack, PreparedImages kept, int offset, ConcurrentDictionary<string, string> defects, CancellationToken cancellation) : ILoop
    {
        public const int CostPerPicture = 1_000_000;

        public void Run<TFloat, TDouble>(int first, int end)
            where TFloat : struct, IFloatLanes<TFloat>
            where TDouble : struct, IDoubleLanes<TDouble>
        {
            for (int picture = offset + first; picture < offset + end && !cancellation.IsCancellationRequested; picture++)
            {
                try
                {
                    stack.Read(picture, kept);
                }
                catch (InvalidDataException defect)
                {
                    defects[stack.PathOf(picture)] = defect.Message;
                }
                catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException or OutOfMemoryException)
                {
                    defects[stack.PathOf(picture)] = $"cannot be read: {refusal.Message}";
                }
            }
        }
    }

    string PathOf(int picture) => files[picture].Path;
}

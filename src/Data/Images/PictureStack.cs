using System.Collections.Concurrent;
using AeVae.Compute;
using AeVae.Compute.Lanes;
using AeVae.Data.Pictures;

namespace AeVae.Data.Images;

/// <summary>Reads pictures into one array, on all processors.</summary>
static class PictureStack
{
    const int PicturesPerTurn = 64;   // between two reports of progress
    const int NamedDefects = 5;

    /// <summary>The pixels of both splits, images in the order of <paramref name="folder"/>.</summary>
    /// <exception cref="DataException">Some pictures cannot be read; the first are named.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static (byte[] Train, byte[] Test) Read(ImageSource source, ImageFolder folder, ImageShape shape)
    {
        using ThreadTeam team = new(Environment.ProcessorCount);
        ConcurrentDictionary<string, string> defects = [];
        int done = 0;
        byte[] train = ReadAll(folder.Train), test = ReadAll(folder.Test);
        if (!defects.IsEmpty) throw new DataException(Explain(source.Name, defects));
        return (train, test);

        byte[] ReadAll(IReadOnlyList<ImageFile> files)
        {
            byte[] pixels = new byte[files.Count * shape.Values];
            for (int first = 0; first < files.Count; first += PicturesPerTurn)
            {
                source.Cancellation.ThrowIfCancellationRequested();
                source.Progress?.Report(new(done, folder.Train.Count + folder.Test.Count));
                int count = Math.Min(PicturesPerTurn, files.Count - first);
                team.Run(new PictureLoop(files, first, shape, pixels, defects), count, PictureLoop.CostPerPicture);
                done += count;
            }

            return pixels;
        }
    }

    static string Explain(string name, ConcurrentDictionary<string, string> defects)
    {
        IEnumerable<string> first = defects.OrderBy(defect => defect.Key, StringComparer.Ordinal).Take(NamedDefects).Select(defect => $"\n  {defect.Key} {defect.Value}");
        string more = defects.Count > NamedDefects ? $"\n  and {defects.Count - NamedDefects} more" : "";
        return $"{name}: {defects.Count} of its images cannot be read:{string.Concat(first)}{more}\nMend them, or move them out of the folder.";
    }

    /// <summary>An item is a picture.</summary>
    readonly struct PictureLoop(IReadOnlyList<ImageFile> files, int offset, ImageShape shape, byte[] pixels, ConcurrentDictionary<string, string> defects) : ILoop
    {
        public const int CostPerPicture = 1_000_000;

        public void Run<TFloat, TDouble>(int first, int end)
            where TFloat : struct, IFloatLanes<TFloat>
            where TDouble : struct, IDoubleLanes<TDouble>
        {
            for (int i = offset + first; i < offset + end; i++)
            {
                try
                {
                    SquareImage.Fit(PictureReader.Read(File.ReadAllBytes(files[i].Path)), shape.Height, isColour: shape.Channels > 1, pixels.AsSpan(i * shape.Values, shape.Values));
                }
                catch (InvalidDataException defect)
                {
                    defects[files[i].Path] = defect.Message;
                }
                catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException or OutOfMemoryException)
                {
                    defects[files[i].Path] = $"cannot be read: {refusal.Message}";
                }
            }
        }
    }
}

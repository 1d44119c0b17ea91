using System.Collections.Concurrent;
using System.Security.Cryptography;
using AeVae.Compute;
using AeVae.Data.Catalogue;

namespace AeVae.Data.Images;

/// <summary>The data set <c>images</c>: a folder of the user's own pictures, each cropped to its middle square and scaled.</summary>
static class UserImages
{
    const int MostThreads = 8;   // each holds a whole picture, and large ones take a gigabyte
    const int NamedDefects = 5;

    /// <summary>The catalogue's line.</summary>
    public static DatasetInfo Info { get; } = new()
    {
        Name = "images",
        Description = "Your own JPEG and PNG files, from the folder that data.path names.",
        Origin = "your own",
        WithoutFiles = "your folder",
        Read = Read,
    };

    /// <summary>Reads every image; those that were decoded before are taken from what was kept.</summary>
    /// <exception cref="DataException">The folder is not there, has too few or too many images, or some cannot be read; the message names these.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; what was decoded is kept.</exception>
    static LabelledImages Read(ImageSource source)
    {
        ImageShape shape = source.Options.ShapeIn(source.Dataset);
        string path = Path.Combine(source.Folder.Path, source.Options.Path ?? throw new DataException("data.dataset: images needs data.path."));
        ImageFolder folder = ImageFolder.List(path);
        CheckRoom(source.Name, Math.Max(folder.Train.Count, folder.Test.Count), shape);
        PictureStack train = new(folder.Train, shape), test = new(folder.Test, shape);
        Fill(source, path, shape, [train, test], folder.Train.Count + folder.Test.Count);

        byte[] trainLabels = Labels(folder, folder.Train), testLabels = Labels(folder, folder.Test);
        return new(new(train.Pixels, trainLabels, shape), new(test.Pixels, testLabels, shape), folder.ClassNames,
            [File("training images", train.Pixels, trainLabels), File("test images", test.Pixels, testLabels)])
        {
            Notes = [.. Leaks(train, test), .. folder.Remarks.Select(remark => $"{source.Name}: {remark}")],
        };
    }

    static void Fill(ImageSource source, string path, ImageShape shape, PictureStack[] stacks, int all)
    {
        ConcurrentDictionary<string, string> defects = [];
        int done = 0;
        using ThreadTeam team = new(Math.Min(Environment.ProcessorCount, MostThreads));
        using PreparedImages kept = new(source.Folder, path, shape);
        source.Progress?.Report(new(0, all));
        bool isComplete = false;
        try
        {
            foreach (PictureStack stack in stacks) stack.Read(kept, team, defects, count => source.Progress?.Report(new(done += count, all)), source.Cancellation);
            isComplete = defects.IsEmpty;
        }
        finally
        {
            // Also when one of them is no picture, or nobody waits for the rest: the next time goes on from here.
            if (stacks.Any(stack => stack.HasDecoded)) kept.Keep(stacks, areAll: isComplete);
        }

        if (!defects.IsEmpty) throw new DataException(Explain(source.Name, defects));
    }

    static string Explain(string name, ConcurrentDictionary<string, string> defects)
    {
        IEnumerable<string> first = defects.OrderBy(defect => defect.Key, StringComparer.Ordinal).Take(NamedDefects).Select(defect => $"\n  {defect.Key} {defect.Value}");
        string more = defects.Count > NamedDefects ? $"\n  and {defects.Count - NamedDefects} more" : "";
        return $"{name}: {defects.Count} of its images cannot be read:{string.Concat(first)}{more}\nMend them, or move them out of the folder.";
    }

    /// <summary>What is the same in training and testing is no test.</summary>
    static IEnumerable<string> Leaks(PictureStack train, PictureStack test)
    {
        HashSet<Digest?> trained = [.. train.Contents];
        if (test.Contents.Count(trained.Contains) is > 0 and var same)
            yield return $"{same} of the {test.Contents.Length} test images are the same files as training images: what the model reaches on them is no test";
    }

    static byte[] Labels(ImageFolder folder, IReadOnlyList<ImageFile> files)
    {
        if (folder.ClassNames.Count == 0) return [];
        Dictionary<string, byte> labels = folder.ClassNames.Index().ToDictionary(one => one.Item, one => (byte)one.Index);
        return [.. files.Select(file => labels[file.Class])];
    }

    static DataFile File(string name, byte[] pixels, byte[] labels)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(pixels);
        hash.AppendData(labels);
        return new(name, Convert.ToHexStringLower(hash.GetHashAndReset()), (long)pixels.Length + labels.Length);
    }

    static void CheckRoom(string name, int images, ImageShape shape)
    {
        if ((long)images * shape.Values > Array.MaxLength)
            throw new DataException($"{name}: {images} images of {shape} values are more than {Array.MaxLength} bytes. Make data.size smaller, or take data.channels: grey.");
    }
}

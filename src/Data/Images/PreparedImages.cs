using System.Security.Cryptography;
using System.Text;

namespace AeVae.Data.Images;

/// <summary>Keeps the pixels of a folder of images beside it, so that they are decoded once: <c>data/.prepared/….pixels</c>.</summary>
/// <remarks>
/// The file's name stands for the folder and the size of its images. Its first 32 bytes are the SHA-256 of the listing (path, length and time of change of
/// every image) and of how images are decoded, the next 32 that of the pixels, which follow: those of the training split, then those of the test split.
/// </remarks>
sealed class PreparedImages(DataFolder data, ImageFolder folder, ImageShape shape)
{
    // Another one whenever the same files would become other pixels.
    const string Decoding = "1";

    readonly byte[] listing = Listing(folder, shape);

    // One file for a folder and a size: what was kept of an older state of the folder is replaced.
    string Path => System.IO.Path.Combine(data.Path, ".prepared", $"{Name(folder, shape)}.pixels");

    /// <summary>The pixels that were kept of just these files; null when there are none.</summary>
    public (byte[] Train, byte[] Test)? Find()
    {
        try
        {
            using FileStream file = File.OpenRead(Path);
            byte[] head = new byte[2 * SHA256.HashSizeInBytes], train = new byte[folder.Train.Count * shape.Values], test = new byte[folder.Test.Count * shape.Values];
            file.ReadExactly(head);
            if (!head.AsSpan(0, SHA256.HashSizeInBytes).SequenceEqual(listing)) return null;
            file.ReadExactly(train);
            file.ReadExactly(test);
            return head.AsSpan(SHA256.HashSizeInBytes).SequenceEqual(Hash(train, test)) ? (train, test) : null;
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps <paramref name="pixels"/> where that is allowed, and returns them.</summary>
    public (byte[] Train, byte[] Test) Keep((byte[] Train, byte[] Test) pixels)
    {
        // Another process may keep the same at the same time: each writes its own file, and the last rename wins with equal bytes.
        string temporary = $"{Path}.{System.IO.Path.GetRandomFileName()}.tmp";
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            using (FileStream file = File.Create(temporary))
            {
                file.Write(listing);
                file.Write(Hash(pixels.Train, pixels.Test));
                file.Write(pixels.Train);
                file.Write(pixels.Test);
            }

            File.Move(temporary, Path, overwrite: true);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // A read-only or full disk costs time, and no more.
            Discard(temporary);
        }

        return pixels;
    }

    static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // It was not made, or the disk went away with it.
        }
    }

    static string Name(ImageFolder folder, ImageShape shape) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{System.IO.Path.GetFullPath(folder.Path)}\n{shape}")).AsSpan(0, 8));

    static byte[] Listing(ImageFolder folder, ImageShape shape)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add($"{Decoding} {shape} {folder.Train.Count} {folder.Test.Count}");
        foreach (ImageFile file in folder.Train.Concat(folder.Test))
        {
            FileStamp stamp = FileStamp.Of(file.Path);
            Add($"{file.Name} {stamp.Length} {stamp.ChangedUtc.Ticks}");
        }

        return hash.GetHashAndReset();

        void Add(string line) => hash.AppendData(Encoding.UTF8.GetBytes(line + '\n'));
    }

    static byte[] Hash(byte[] train, byte[] test)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(train);
        hash.AppendData(test);
        return hash.GetHashAndReset();
    }
}

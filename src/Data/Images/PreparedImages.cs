using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AeVae.Data.Images;

/// <summary>Pixels of pictures that were decoded before, kept in the data folder: <c>data/.prepared/….pixels</c>, one file for a folder and a size.</summary>
/// <remarks>
/// Pixels are found by the SHA-256 of the bytes that they were made of, and each has its own, so neither another file nor a damaged copy is ever taken for a
/// picture. The file: 16 bytes of <see cref="Format"/>, the number of pictures (int32, little-endian), for each the SHA-256 of its file and of its pixels, and
/// the pixels of each.
/// </remarks>
sealed class PreparedImages : IDisposable
{
    // Another one whenever the same file would become other pixels.
    const string Format = "AeVae pixels 001";

    const int HeadBytes = 20, EntryBytes = 2 * Digest.Bytes;
    static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    readonly string path;
    readonly int values;
    readonly SafeFileHandle? file;
    readonly Dictionary<Digest, (long At, Digest Pixels)> pictures = [];

    /// <summary>Opens what is kept of a folder; nothing, where that is missing or cannot be read.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="folder">The folder of images.</param>
    /// <param name="shape">Size that images are made into.</param>
    public PreparedImages(DataFolder data, string folder, ImageShape shape)
    {
        values = shape.Values;
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Path.GetFullPath(folder)}\n{shape}")).AsSpan(0, 8));
        path = Path.Combine(data.Path, ".prepared", $"{name}.pixels");
        try
        {
            file = File.OpenHandle(path);
            ReadEntries();
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            pictures.Clear();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    /// <summary>Reads the pixels that were made of a file with these bytes.</summary>
    public bool TryRead(Digest content, Span<byte> pixels)
    {
        if (!pictures.TryGetValue(content, out var kept)) return false;
        try
        {
            return RandomAccess.Read(file!, pixels, kept.At) == pixels.Length && new Digest(SHA256.HashData(pixels)) == kept.Pixels;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Keeps these pictures and no others, where that is allowed: a read-only or full disk costs time, and no more.</summary>
    public void Keep(IEnumerable<PictureStack> stacks)
    {
        // Another process may keep the same at the same time: each writes a file of its own, and the last rename wins.
        string temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            string folder = Directory.CreateDirectory(Path.GetDirectoryName(path)!).FullName;
            foreach (string old in Directory.GetFiles(folder, "*.tmp").Where(old => DateTime.UtcNow - File.GetLastWriteTimeUtc(old) > Abandoned)) File.Delete(old);
            using (FileStream target = File.Create(temporary)) Write(target, [.. stacks]);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            Discard(temporary);
        }
    }

    void ReadEntries()
    {
        byte[] head = new byte[HeadBytes];
        if (RandomAccess.Read(file!, head, 0) < head.Length || !head.AsSpan().StartsWith(Encoding.ASCII.GetBytes(Format))) return;
        int count = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(Format.Length));
        long pixels = HeadBytes + (long)count * EntryBytes;
        if (count < 0 || RandomAccess.GetLength(file!) != pixels + (long)count * values) return;
        byte[] entry = new byte[EntryBytes];
        using FileStream entries = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
        entries.Position = HeadBytes;
        for (int i = 0; i < count; i++)
        {
            entries.ReadExactly(entry);
            pictures.TryAdd(new Digest(entry), (pixels + (long)i * values, new Digest(entry.AsSpan(Digest.Bytes))));
        }
    }

    static void Write(FileStream target, IReadOnlyList<PictureStack> stacks)
    {
        (PictureStack Stack, int Picture, Digest Content)[] all = [.. stacks
            .SelectMany(stack => stack.Contents.Index().Where(one => one.Item is not null).Select(one => (stack, one.Index, one.Item!.Value)))
            .DistinctBy(one => one.Value)];
        byte[] head = new byte[HeadBytes], entry = new byte[EntryBytes];
        Encoding.ASCII.GetBytes(Format, head);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(Format.Length), all.Length);
        target.Write(head);
        foreach ((PictureStack stack, int picture, Digest content) in all)
        {
            content.CopyTo(entry);
            SHA256.HashData(stack.PixelsOf(picture), entry.AsSpan(Digest.Bytes));
            target.Write(entry);
        }

        foreach ((PictureStack stack, int picture, _) in all) target.Write(stack.PixelsOf(picture));
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
}

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
            if (new FileInfo(path) is not { Exists: true, Length: > 0 }) return;
            file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            ReadEntries(file);
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

    /// <summary>Keeps these pictures, where that is allowed: a read-only or full disk costs time, and no more. Afterwards nothing can be read any more.</summary>
    /// <param name="stacks">What was read.</param>
    /// <param name="areAll">The folder has no others: what was kept of files that are gone is dropped.</param>
    public void Keep(IReadOnlyList<PictureStack> stacks, bool areAll)
    {
        // Another process may keep the same at the same time: each writes a file of its own, and the last rename wins.
        string temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            string folder = Directory.CreateDirectory(Path.GetDirectoryName(path)!).FullName;
            foreach (string old in Directory.GetFiles(folder, "*.tmp").Where(old => DateTime.UtcNow - File.GetLastWriteTimeUtc(old) > Abandoned)) File.Delete(old);
            using (FileStream target = File.Create(temporary)) Write(target, stacks, areAll);
            Dispose();
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            Discard(temporary);
        }
    }

    void ReadEntries(SafeFileHandle file)
    {
        byte[] head = new byte[HeadBytes];
        if (RandomAccess.Read(file, head, 0) < head.Length || !head.AsSpan().StartsWith(Encoding.ASCII.GetBytes(Format))) return;
        int count = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(Format.Length));
        long pixels = HeadBytes + (long)count * EntryBytes;
        if (count < 0 || (long)count * EntryBytes > Array.MaxLength || RandomAccess.GetLength(file) != pixels + (long)count * values) return;
        byte[] entries = new byte[count * EntryBytes];
        if (RandomAccess.Read(file, entries, HeadBytes) < entries.Length) return;
        for (int i = 0; i < count; i++)
            pictures.TryAdd(new Digest(entries.AsSpan(i * EntryBytes)), (pixels + (long)i * values, new Digest(entries.AsSpan(i * EntryBytes + Digest.Bytes))));
    }

    void Write(FileStream target, IReadOnlyList<PictureStack> stacks, bool areAll)
    {
        Dictionary<Digest, (PictureStack Stack, int Picture)> read = [];
        foreach (PictureStack stack in stacks)
        {
            foreach ((int picture, Digest? content) in stack.Contents.Index().Where(one => one.Item is not null)) read.TryAdd(content!.Value, (stack, picture));
        }

        // What this reading did not come to may be there all the same.
        Digest[] contents = [.. read.Keys, .. areAll ? [] : pictures.Keys.Where(content => !read.ContainsKey(content))];
        byte[] head = new byte[HeadBytes], entries = new byte[contents.Length * EntryBytes], former = new byte[values];
        Encoding.ASCII.GetBytes(Format, head);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(Format.Length), contents.Length);
        target.Write(head);
        target.Write(entries);   // again when the digests of all pixels are known
        foreach ((int i, Digest content) in contents.Index())
        {
            Span<byte> pixels = former;
            if (read.TryGetValue(content, out var one)) pixels = one.Stack.PixelsOf(one.Picture);
            else if (!TryRead(content, former)) throw new IOException("what was kept is damaged");
            target.Write(pixels);
            content.CopyTo(entries.AsSpan(i * EntryBytes));
            SHA256.HashData(pixels, entries.AsSpan(i * EntryBytes + Digest.Bytes));
        }

        target.Position = HeadBytes;
        target.Write(entries);
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

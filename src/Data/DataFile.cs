using System.Security.Cryptography;
using AeVae.Data.Idx;

namespace AeVae.Data;

/// <summary>A data file as it was read.</summary>
/// <param name="Name">File name without folders; of the user's own images the split.</param>
/// <param name="Sha256">SHA-256 of the uncompressed bytes, lower-case hexadecimal.</param>
/// <param name="Bytes">Length of the uncompressed bytes.</param>
public sealed record DataFile(string Name, string Sha256, long Bytes)
{
    /// <summary>The file on disk when it was opened; null for images that are generated, or of which the pixels are what is recorded.</summary>
    public FileStamp? Stamp { get; init; }

    /// <summary>The file as it is now, or null when it is gone or cannot be read.</summary>
    /// <remarks>Its bytes are read again only when its length or its time of change is another: MNIST takes 0.1 s, and larger sets minutes.</remarks>
    public DataFile? Again()
    {
        if (Stamp is null) return this;
        try
        {
            FileStamp now = FileStamp.Of(Stamp.Path);
            return now == Stamp ? this : Read(now);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    DataFile Read(FileStamp now)
    {
        using Stream content = GzipContent.OpenFile(now.Path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        for (int read; (read = content.Read(buffer)) > 0; bytes += read) hash.AppendData(buffer, 0, read);
        return new(Name, Convert.ToHexStringLower(hash.GetHashAndReset()), bytes) { Stamp = now };
    }
}

/// <summary>What tells cheaply that a file was not written to.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Length">Its length on disk, in bytes.</param>
/// <param name="ChangedUtc">When it was last written to.</param>
public sealed record FileStamp(string Path, long Length, DateTime ChangedUtc)
{
    /// <summary>Asks the file system; of a link, for what it leads to.</summary>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    public static FileStamp Of(string path)
    {
        FileSystemInfo? target = File.ResolveLinkTarget(path, returnFinalTarget: true);
        var file = new FileInfo(target?.FullName ?? path);
        return new(path, file.Length, file.LastWriteTimeUtc);
    }
}

using AeVae.Data.Pictures.Jpeg;
using AeVae.Data.Pictures.Png;

namespace AeVae.Data.Pictures;

/// <summary>Reads the pictures that cameras, browsers and drawing programs save: JPEG and PNG. Integers alone decide a pixel, so every machine sees the same.</summary>
static class PictureReader
{
    /// <summary>Reads a whole picture; its first bytes decide what it is, not its name.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <returns>The picture as a viewer shows it: upright, and where it is transparent, on white.</returns>
    /// <exception cref="InvalidDataException">The file is damaged or of a kind that is not read; the message goes on after the file's name.</exception>
    public static Picture Read(byte[] file) => file.AsSpan() switch
    {
        [] => throw new InvalidDataException("is empty"),
        _ when file.AsSpan().StartsWith(PngReader.Signature) => PngReader.Read(file),
        [0xff, 0xd8, 0xff, ..] => JpegReader.Read(file),
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => throw Other("WebP"),
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => throw Other("GIF"),
        _ => throw new InvalidDataException("is neither a JPEG nor a PNG file"),
    };

    static InvalidDataException Other(string format) => new($"is a {format} file: save it as JPEG or PNG");
}

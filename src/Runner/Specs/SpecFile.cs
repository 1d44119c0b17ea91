using System.Text;
using AeVae.Tracking;

namespace AeVae.Runner.Specs;

/// <summary>Reads an experiment file as text.</summary>
static class SpecFile
{
    const int LargestBytes = 1 << 20;

    /// <summary>The text without a byte order mark; or null, and what prevented it.</summary>
    public static (string? Text, string? Defect) ReadText(string path) => ReadText(path, out _);

    /// <inheritdoc cref="ReadText(string)"/>
    /// <param name="path">The file.</param>
    /// <param name="isPipe">It can be read only once, as <c>/dev/stdin</c>.</param>
    public static (string? Text, string? Defect) ReadText(string path, out bool isPipe)
    {
        isPipe = false;
        try
        {
            if (path.Length == 0)
                return (null, "name an experiment file (*.yaml).");
            if (Directory.Exists(path))
                return (null, "is a folder; name an experiment file (*.yaml) in it.");
            if (!File.Exists(path))
                return (null, path == "-" ? "names no file; standard input is /dev/stdin." : $"the file does not exist.{Similar(path)}");

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            isPipe = !stream.CanSeek;
            byte[] bytes = new byte[LargestBytes + 1];
            int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length > LargestBytes
                ? (null, $"is larger than {LargestBytes >> 20} MiB; an experiment file has a few dozen lines.")
                : Decode(bytes.AsSpan(0, length));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, $"cannot be read: {error.Message}");
        }
    }

    static (string?, string?) Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return (null, "is UTF-16 text; save it as UTF-8.");
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try
        {
            return (new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes), null);
        }
        catch (DecoderFallbackException error)
        {
            return (null, $"is not UTF-8 text: byte 0x{error.BytesUnknown![0]:X2} at offset {error.Index}.");
        }
    }

    static string Similar(string path)
    {
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        if (!Directory.Exists(folder))
            return $" Neither does the folder '{folder}'.";
        var names = Directory.EnumerateFiles(folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);
        return NearestName.Of(Path.GetFileNameWithoutExtension(path), names) is { } near ? $" Did you mean '{Path.Combine(Path.GetDirectoryName(path) ?? "", near)}.yaml'?" : "";
    }
}

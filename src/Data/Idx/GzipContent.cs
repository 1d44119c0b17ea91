using System.IO.Compression;
using System.IO.Pipelines;

namespace AeVae.Data.Idx;

/// <summary>Opens files and streams that may be compressed; their first bytes decide, not their name.</summary>
static class GzipContent
{
    const int BufferBytes = 1 << 16;

    /// <summary>The uncompressed bytes of a file.</summary>
    public static Stream OpenFile(string path)
    {
        FileStream file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[2];
        bool compressed = IsGzip(start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
        file.Position = 0;
        return compressed ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>The uncompressed bytes of a stream that cannot go back.</summary>
    public static async Task<Stream> OpenAsync(Stream content, CancellationToken cancellation)
    {
        var reader = PipeReader.Create(content, new StreamPipeReaderOptions(bufferSize: BufferBytes));
        ReadResult start = await reader.ReadAtLeastAsync(2, cancellation).ConfigureAwait(false);
        bool compressed = start.Buffer.Length >= 2 && IsGzip([start.Buffer.FirstSpan[0], start.Buffer.Slice(1).FirstSpan[0]]);
        reader.AdvanceTo(start.Buffer.Start);
        Stream whole = reader.AsStream();
        return compressed ? new GZipStream(whole, CompressionMode.Decompress) : whole;
    }

    // RFC 1952, section 2.3.1.
    static bool IsGzip(ReadOnlySpan<byte> start) => start is [0x1f, 0x8b, ..];
}

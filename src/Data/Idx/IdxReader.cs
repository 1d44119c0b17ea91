using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace AeVae.Data.Idx;

/// <summary>Reads IDX files, the format of MNIST, plain or compressed with gzip.</summary>
/// <remarks>Two zero bytes, the element type, the number of dimensions, each dimension as a big-endian 32-bit integer, then the elements (LeCun, Cortes and Burges, "THE IDX FILE FORMAT").</remarks>
static class IdxReader
{
    const byte UnsignedByte = 0x08;

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rank">Dimensions it must have: 3 for images (count, height, width), 1 for labels.</param>
    /// <exception cref="InvalidDataException">The file is no such array; the message names the defect.</exception>
    public static IdxArray Read(string path, int rank)
    {
        FileStamp stamp = FileStamp.Of(path);   // before the bytes: a change while they are read must show
        using Stream content = GzipContent.OpenFile(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int[] dimensions = ReadHeader(content, rank, hash);
        int headerBytes = 4 * (1 + rank);
        Int128 announced = dimensions.Aggregate((Int128)1, (product, length) => product * length);
        long room = Math.Min(stamp.Length * (content is GZipStream ? Deflate.LargestExpansion : 1), Array.MaxLength);
        if (announced > room) throw Truncated($"its header announces {string.Join(" × ", dimensions)} bytes and the file cannot hold more than {room}");

        int count = (int)announced;
        byte[] values = new byte[count];
        int length = content.ReadAtLeast(values, values.Length, throwOnEndOfStream: false);
        if (length < count) throw Truncated($"its header announces {count} bytes and only {length} follow");
        if (content.ReadByte() >= 0) throw new InvalidDataException($"more bytes follow the {count} that its header announces");
        hash.AppendData(values);
        return new(values, dimensions, new(Path.GetFileName(path), Convert.ToHexStringLower(hash.GetHashAndReset()), count + headerBytes) { Stamp = stamp });
    }

    static int[] ReadHeader(Stream content, int rank, IncrementalHash hash)
    {
        Span<byte> header = stackalloc byte[4 * (1 + rank)];
        int length = content.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (length == 0) throw new InvalidDataException("the file is empty");
        if (length < 4) throw Truncated($"it ends after {length} bytes");
        if (header is not [0, 0, ..]) throw new InvalidDataException($"it starts with the bytes {header[0]:x2} {header[1]:x2}; an IDX file starts with 00 00");
        if (header[2] != UnsignedByte) throw new InvalidDataException($"its elements are {ElementName(header[2])}; images and labels are unsigned bytes (type 08)");
        if (header[3] != rank) throw new InvalidDataException($"it has {header[3]} dimension(s); {(rank == 1 ? "labels have 1" : "images have 3: count, height, width")}");
        if (length < header.Length) throw Truncated($"it ends after {length} bytes, inside its header");
        hash.AppendData(header);

        int[] dimensions = new int[rank];
        for (int i = 0; i < rank; i++) dimensions[i] = BinaryPrimitives.ReadInt32BigEndian(header[(4 * (1 + i))..]);
        if (dimensions.Any(dimension => dimension <= 0)) throw new InvalidDataException($"its header announces {string.Join(" × ", dimensions)} elements; every dimension is at least 1");
        return dimensions;
    }

    static InvalidDataException Truncated(string detail) => new($"it is truncated: {detail}");

    static string ElementName(byte type) => type switch
    {
        0x09 => "signed bytes (type 09)",
        0x0b => "16-bit integers (type 0b)",
        0x0c => "32-bit integers (type 0c)",
        0x0d => "32-bit floats (type 0d)",
        0x0e => "64-bit floats (type 0e)",
        _ => $"of the unknown type {type:x2}",
    };
}

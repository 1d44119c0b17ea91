using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace AeVae.Tracking;

/// <summary>Arrays as NumPy's <c>.npy</c> files, version 1.0, little-endian, C order, so that <c>numpy.load</c> reads any artifact.</summary>
/// <remarks>Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.</remarks>
public static partial class NpyArray
{
    /// <summary>The media type of such a file.</summary>
    public const string MediaType = "application/x-npy";

    const int PreambleLength = 10;   // magic, version, length of the header
    const int Alignment = 64;

    static ReadOnlySpan<byte> MagicAndVersion => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    /// <summary>A matrix of floats as a file.</summary>
    public static byte[] Write(float[,] matrix) => Write<float>(matrix, "<f4");

    /// <summary>A matrix of halves as a file.</summary>
    public static byte[] Write(Half[,] matrix) => Write<Half>(matrix, "<f2");

    /// <summary>Bytes as a file.</summary>
    public static byte[] Write(byte[] vector) => Write<byte>(vector, "|u1");

    /// <summary>Bytes of more axes as a file.</summary>
    /// <param name="elements">In C order.</param>
    /// <param name="shape">Length of each axis, such as images, height, width.</param>
    public static byte[] Write(byte[] elements, params IReadOnlyList<int> shape) => Write("|u1", elements, shape);

    /// <summary>Doubles as a file.</summary>
    public static byte[] Write(double[] vector) => Write<double>(vector, "<f8");

    /// <summary>The matrix in a file.</summary>
    /// <exception cref="FormatException">The file is no such array; the message says what it is.</exception>
    public static float[,] ReadFloatMatrix(ReadOnlySpan<byte> file) => (float[,])Read<float>(file, "<f4", 2);

    /// <summary>The matrix of halves in a file.</summary>
    /// <exception cref="FormatException">The file is no such array; the message says what it is.</exception>
    public static Half[,] ReadHalfMatrix(ReadOnlySpan<byte> file) => (Half[,])Read<Half>(file, "<f2", 2);

    /// <summary>The bytes in a file.</summary>
    /// <exception cref="FormatException">The file is no such array; the message says what it is.</exception>
    public static byte[] ReadByteVector(ReadOnlySpan<byte> file) => (byte[])Read<byte>(file, "|u1", 1);

    /// <summary>The bytes of three or four axes in a file: images × height × width, and × channels where there are several.</summary>
    /// <exception cref="FormatException">The file is no such array; the message says what it is.</exception>
    public static (byte[] Elements, IReadOnlyList<int> Shape) ReadByteImages(ReadOnlySpan<byte> file)
    {
        Array images = Read<byte>(file, "|u1", 3, 4);
        return (Elements<byte>(images).ToArray(), [.. Enumerable.Range(0, images.Rank).Select(images.GetLength)]);
    }

    /// <summary>The doubles in a file.</summary>
    /// <exception cref="FormatException">The file is no such array; the message says what it is.</exception>
    public static double[] ReadDoubleVector(ReadOnlySpan<byte> file) => (double[])Read<double>(file, "<f8", 1);

    static byte[] Write<T>(Array array, string type)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        return Write(type, MemoryMarshal.AsBytes(Elements<T>(array)), [.. Enumerable.Range(0, array.Rank).Select(array.GetLength)]);
    }

    static byte[] Write(string type, ReadOnlySpan<byte> data, IReadOnlyList<int> lengths)
    {
        string shape = lengths.Count == 1 ? $"{lengths[0]}," : string.Join(", ", lengths);   // Python writes (3,) but (2, 3)
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape}), }}";
        int dataStart = (PreambleLength + header.Length + 1 + Alignment - 1) / Alignment * Alignment;
        header = header.PadRight(dataStart - PreambleLength - 1) + "\n";

        byte[] file = new byte[dataStart + data.Length];
        MagicAndVersion.CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(MagicAndVersion.Length), (ushort)header.Length);
        Encoding.ASCII.GetBytes(header, file.AsSpan(PreambleLength));
        data.CopyTo(file.AsSpan(dataStart));
        return file;
    }

    static Array Read<T>(ReadOnlySpan<byte> file, string type, params ReadOnlySpan<int> ranks)
        where T : unmanaged
    {
        if (!file.StartsWith(MagicAndVersion) || file.Length < PreambleLength)
            throw new FormatException("not a .npy file of version 1.0");
        int dataStart = PreambleLength + BinaryPrimitives.ReadUInt16LittleEndian(file[MagicAndVersion.Length..]);
        if (file.Length < dataStart)
            throw new FormatException($"a .npy file of {file.Length} bytes whose header ends at byte {dataStart}");

        string header = Encoding.ASCII.GetString(file[PreambleLength..dataStart]).Trim();
        Match match = Header().Match(header);
        BigInteger[] lengths = [.. match.Groups["length"].Captures.Select(length => BigInteger.Parse(length.Value, CultureInfo.InvariantCulture))];
        if (!match.Success || match.Groups["type"].Value != type || !ranks.Contains(lengths.Length))
            throw new FormatException($"expected a .npy file of type '{type}' with {string.Join(" or ", ranks.ToArray())} axes in C order, found {header}");

        // Before the array is made: a damaged length may ask for more memory than there is.
        BigInteger bytes = lengths.Aggregate((BigInteger)Unsafe.SizeOf<T>(), (product, length) => product * length);
        if (file.Length - dataStart != bytes || lengths.Any(length => length > int.MaxValue))
            throw new FormatException($"a .npy file with {file.Length - dataStart} bytes of data whose header promises {bytes}: {header}");
        int[] shape = [.. lengths.Select(length => (int)length)];
        var array = Array.CreateInstance(typeof(T), shape);
        file[dataStart..].CopyTo(MemoryMarshal.AsBytes(Elements<T>(array)));
        return array;
    }

    static Span<T> Elements<T>(Array array)
        where T : unmanaged
        => MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    [GeneratedRegex(@"^\{'descr': '(?<type>[^']+)', 'fortran_order': False, 'shape': \((?:(?<length>\d+),? ?)*\), \}$")]
    private static partial Regex Header();
}

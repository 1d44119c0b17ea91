using System.Buffers.Binary;

namespace AeVae.Data.Pictures.Jpeg;

/// <summary>Reads JPEG files: baseline, extended and progressive, 8 bits per sample, Huffman coded, grey or three colours.</summary>
/// <remarks>ITU-T T.81; the colours of JFIF (ITU-T T.871) and Adobe. Every rounding is that of libjpeg's default path, so pixels are those of most programs.</remarks>
sealed class JpegReader
{
    const byte HuffmanTables = 0xc4, FirstFrame = 0xc0, ProgressiveFrame = 0xc2, LastFrame = 0xcf, JpegExtension = 0xc8, ArithmeticConditioning = 0xcc;
    const byte FirstRestart = 0xd0, StartOfImage = 0xd8, EndOfImage = 0xd9, StartOfScan = 0xda, QuantizationTables = 0xdb, RestartInterval = 0xdd, Application0 = 0xe0, Application1 = 0xe1, Application14 = 0xee, Temporary = 0x01;

    // Cameras and browsers write about ten; more of them make a small file slow to read.
    const int MostScans = 100;

    readonly byte[] file;
    readonly ushort[]?[] quantizationTables = new ushort[]?[4];
    readonly JpegHuffmanTable?[] dcTables = new JpegHuffmanTable?[4], acTables = new JpegHuffmanTable?[4];
    int position = 2;   // after the start of the image
    int restartInterval, scans;
    JpegFrame? frame;
    bool isJfif;
    int? adobeTransform;
    int orientation = ExifOrientation.Upright;

    JpegReader(byte[] file) => this.file = file;

    /// <summary>Reads a whole file that starts with the marker of JPEG.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or of a kind that is not read.</exception>
    public static Picture Read(byte[] file) => new JpegReader(file).Read();

    Picture Read()
    {
        for (byte marker = NextMarker(); marker != EndOfImage; marker = NextMarker())
        {
            if (marker is Temporary or >= FirstRestart and <= StartOfImage) continue;   // they have no contents
            ReadOnlySpan<byte> segment = NextSegment();
            switch (marker)
            {
                case HuffmanTables: ReadHuffmanTables(segment); break;
                case QuantizationTables: ReadQuantizationTables(segment); break;
                case RestartInterval: restartInterval = Word(segment, 0); break;
                case StartOfScan: ReadScan(segment); break;
                case Application0: isJfif |= segment.StartsWith("JFIF\0"u8); break;
                case Application1 when segment.StartsWith(ExifOrientation.Signature): orientation = ExifOrientation.Read(segment); break;
                case Application14 when segment.Length >= 12 && segment.StartsWith("Adobe"u8): adobeTransform = segment[11]; break;
                case >= FirstFrame and <= LastFrame and not (JpegExtension or ArithmeticConditioning): ReadFrame(marker, segment); break;
                default: break;
            }
        }

        if (frame is null || scans == 0) throw new InvalidDataException("is a JPEG without pixels");
        if (frame.Components.Any(component => !component.HasMeans)) throw new InvalidDataException("is a JPEG that lacks one of its colours");
        return ExifOrientation.Apply(orientation, JpegPixels.ToPicture(frame, IsRgb(frame)));
    }

    /// <summary>The next marker, whatever lies before it: some cameras leave bytes between the segments.</summary>
    byte NextMarker()
    {
        for (; position + 1 < file.Length; position++)
            if (file[position] == 0xff && file[position + 1] is not (0x00 or 0xff))
                return file[(position += 2) - 1];
        throw new InvalidDataException("ends in the middle of a JPEG: no end of the image is marked");
    }

    ReadOnlySpan<byte> NextSegment()
    {
        int length = Word(file.AsSpan(position), 0);   // counts itself
        if (length < 2) throw new InvalidDataException("is damaged: a part of the JPEG is shorter than its own length");
        if (length > file.Length - position) throw new InvalidDataException($"ends in the middle of a part of the JPEG: {length} bytes are announced and {file.Length - position} follow");
        position += length;
        return file.AsSpan(position - length + 2, length - 2);
    }

    static int Word(ReadOnlySpan<byte> segment, int offset) =>
        segment.Length >= offset + 2 ? BinaryPrimitives.ReadUInt16BigEndian(segment[offset..]) : throw TooShort();

    static InvalidDataException TooShort() => new("is damaged: a part of the JPEG ends too early");

    // B.2.4.1: the precision and number of each table, then its 64 elements in zigzag order.
    void ReadQuantizationTables(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            (int elementBytes, int number) = (segment[0] >> 4 == 0 ? 1 : 2, segment[0] & 15);
            if (number > 3) throw new InvalidDataException($"is damaged: it defines quantization table {number}; JPEG has 0 to 3");
            if (segment.Length < 1 + 64 * elementBytes) throw TooShort();
            ushort[] table = new ushort[64];
            for (int k = 0; k < 64; k++) table[JpegFrame.ZigZag[k]] = elementBytes == 1 ? segment[1 + k] : (ushort)Word(segment, 1 + 2 * k);
            quantizationTables[number] = table;
            segment = segment[(1 + 64 * elementBytes)..];
        }
    }

    // B.2.4.2: the class and number of each table, how many codes have 1 … 16 bits, then their symbols.
    void ReadHuffmanTables(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            if (segment.Length < 1 + JpegHuffmanTable.LongestCode) throw TooShort();
            (int tableClass, int number) = (segment[0] >> 4, segment[0] & 15);
            if (tableClass > 1 || number > 3) throw new InvalidDataException($"is damaged: it defines Huffman table {number} of class {tableClass}; JPEG has 0 to 3 of the classes 0 and 1");
            ReadOnlySpan<byte> codes = segment.Slice(1, JpegHuffmanTable.LongestCode);
            int symbols = 0;
            foreach (byte count in codes) symbols += count;
            segment = segment[(1 + JpegHuffmanTable.LongestCode)..];
            if (segment.Length < symbols) throw TooShort();
            (tableClass == 0 ? dcTables : acTables)[number] = new(codes, segment[..symbols]);
            segment = segment[symbols..];
        }
    }

    // B.2.2.
    void ReadFrame(byte marker, ReadOnlySpan<byte> segment)
    {
        if (marker > ProgressiveFrame) throw new InvalidDataException("is a lossless, hierarchical or arithmetic-coded JPEG, which few programs read: save it as an ordinary one");
        if (frame is not null) throw new InvalidDataException("is a JPEG of several frames; one is read");
        if (segment.Length < 6) throw TooShort();
        (int bits, int height, int width, int components) = (segment[0], Word(segment, 1), Word(segment, 3), segment[5]);
        if (bits != 8) throw new InvalidDataException($"is a JPEG with {bits} bits per sample: save it with 8");
        if (components is not (1 or 3)) throw new InvalidDataException($"is a JPEG with {components} colour components{(components == 4 ? " (CMYK)" : "")}: save it as RGB");
        Picture.CheckSize(width, height);
        if (segment.Length < 6 + 3 * components) throw TooShort();
        var sampling = new (byte Identifier, int Across, int Down, int Table)[components];
        for (int i = 0; i < components; i++)
        {
            ReadOnlySpan<byte> entry = segment.Slice(6 + 3 * i, 3);
            sampling[i] = (entry[0], entry[1] >> 4, entry[1] & 15, entry[2]);
            if (sampling[i] is not { Across: >= 1 and <= 4, Down: >= 1 and <= 4, Table: <= 3 }) throw new InvalidDataException("is damaged: the header of the JPEG samples a colour in a way that JPEG rules out");
        }

        frame = new(width, height, marker == ProgressiveFrame, sampling, file.Length);
    }

    // B.2.3.
    void ReadScan(ReadOnlySpan<byte> segment)
    {
        if (frame is null) throw new InvalidDataException("is damaged: pixels of the JPEG stand before its size");
        if (++scans > MostScans) throw new InvalidDataException($"is a JPEG of more than {MostScans} scans");
        int count = segment.IsEmpty ? throw TooShort() : segment[0];
        if (count < 1 || count > frame.Components.Length) throw new InvalidDataException($"is damaged: a scan of the JPEG has {count} colours; the picture has {frame.Components.Length}");
        if (segment.Length < 4 + 2 * count) throw TooShort();
        var parts = new JpegScanPart[count];
        for (int i = 0; i < count; i++)
        {
            (byte identifier, byte tables) = (segment[1 + 2 * i], segment[2 + 2 * i]);
            JpegComponent? component = Array.Find(frame.Components, component => component.Identifier == identifier);
            if (component is null || (tables >> 4) > 3 || (tables & 15) > 3 || parts.Any(part => part.Component == component))
                throw new InvalidDataException("is damaged: a scan of the JPEG names a colour or a table that JPEG rules out");
            component.Quantization ??= quantizationTables[component.QuantizationTable] ?? throw new InvalidDataException("is damaged: the JPEG lacks a quantization table");
            parts[i] = new(component, dcTables[tables >> 4], acTables[tables & 15]);
        }

        ReadOnlySpan<byte> progression = segment.Slice(1 + 2 * count, 3);
        var scan = new JpegScan(frame, parts, new JpegBits(file, position), restartInterval, (progression[0], progression[1]), (progression[2] >> 4, progression[2] & 15));
        position = scan.Read();
    }

    // As libjpeg decides.
    bool IsRgb(JpegFrame frame) =>
        !isJfif && (adobeTransform is { } transform ? transform == 0 : frame.Components.Select(component => component.Identifier).SequenceEqual("RGB"u8.ToArray()));
}

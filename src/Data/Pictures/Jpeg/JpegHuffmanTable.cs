namespace AeVae.Data.Pictures.Jpeg;

/// <summary>A canonical Huffman code: the codes of each length are consecutive numbers, and follow those of the length before (T.81, annex C).</summary>
sealed class JpegHuffmanTable
{
    /// <summary>Bits of the longest code.</summary>
    public const int LongestCode = 16;

    readonly byte[] symbols;
    readonly int[] end = new int[LongestCode + 1];      // of each length: the first number of 16 bits that starts with no code of it or a shorter one
    readonly int[] offset = new int[LongestCode + 1];   // of each length: symbol index minus code

    /// <summary>Takes the table as the file has it.</summary>
    /// <param name="codes">How many codes have 1 … 16 bits.</param>
    /// <param name="symbols">Their symbols, in the order of the codes.</param>
    /// <exception cref="InvalidDataException">There are not so many codes.</exception>
    public JpegHuffmanTable(ReadOnlySpan<byte> codes, ReadOnlySpan<byte> symbols)
    {
        this.symbols = symbols.ToArray();
        (int code, int index) = (0, 0);
        for (int length = 1; length <= LongestCode; length++)
        {
            code <<= 1;
            offset[length] = index - code;
            code += codes[length - 1];
            index += codes[length - 1];
            if (code > 1 << length) throw new InvalidDataException($"is damaged: a Huffman table of the JPEG has more codes of {length} bits than there are");
            end[length] = code << LongestCode - length;
        }
    }

    /// <summary>Reads the next symbol.</summary>
    /// <exception cref="InvalidDataException">The bits are no code, or there are no more.</exception>
    public byte Read(JpegBits bits)
    {
        int next = bits.Peek(LongestCode);
        for (int length = 1; length <= LongestCode; length++)
        {
            if (next >= end[length]) continue;
            bits.Skip(length);
            return symbols[offset[length] + (next >> LongestCode - length)];
        }

        throw new InvalidDataException("is damaged: the pixels of the JPEG hold bits that are no code of its tables");
    }
}

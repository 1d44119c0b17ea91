namespace AeVae.Data.Pictures.Jpeg;

/// <summary>The bits of a scan, up to the next marker. After a byte ff the file has a 00 that does not count.</summary>
/// <param name="file">The whole file.</param>
/// <param name="position">Where the scan begins.</param>
sealed class JpegBits(byte[] file, int position)
{
    const byte FirstRestart = 0xd0, RestartMarkers = 8;

    int bits;      // the lowest `held` are yet to be used
    int held;
    int beyond;    // how many of them the scan does not have: a code at its end may be shorter than what is peeked at

    /// <summary>The next byte of the file that is not taken.</summary>
    public int Position => position;

    /// <summary>The next bits, zeros after the last.</summary>
    /// <param name="count">0 to 16.</param>
    public int Peek(int count)
    {
        for (; held < count; held += 8) bits = bits << 8 | NextByte();
        return bits >> held - count & (1 << count) - 1;
    }

    /// <summary>Goes on by bits that were peeked at.</summary>
    /// <exception cref="InvalidDataException">The scan has not so many.</exception>
    public void Skip(int count)
    {
        held -= count;
        if (held < beyond) throw new InvalidDataException("ends in the middle of the pixels of a JPEG, or is damaged there");
    }

    /// <summary>The next bits.</summary>
    /// <inheritdoc cref="Skip"/>
    public int Read(int count)
    {
        int value = Peek(count);
        Skip(count);
        return value;
    }

    /// <summary>The next bits as a number whose upper half is positive: −2ⁿ + 1 … −2ⁿ⁻¹, 2ⁿ⁻¹ … 2ⁿ − 1 (F.2.2.1).</summary>
    /// <inheritdoc cref="Skip"/>
    public int ReadSigned(int count)
    {
        int value = Read(count);
        return value < 1 << count - 1 ? value - (1 << count) + 1 : value;
    }

    /// <summary>Leaves the rest of a byte and goes on behind the restart marker that must follow.</summary>
    /// <param name="number">How many came before.</param>
    /// <exception cref="InvalidDataException">There is another marker or none.</exception>
    public void Restart(int number)
    {
        while (position + 1 < file.Length && file[position] == 0xff && file[position + 1] == 0xff) position++;
        if (position + 1 >= file.Length || file[position] != 0xff || file[position + 1] != FirstRestart + number % RestartMarkers)
            throw new InvalidDataException("is damaged: the pixels of the JPEG lack a restart marker");
        (position, bits, held, beyond) = (position + 2, 0, 0, 0);
    }

    int NextByte()
    {
        bool isStuffed = position + 1 < file.Length && file[position] == 0xff && file[position + 1] == 0;
        if (isStuffed) position += 2;
        else if (position < file.Length && file[position] != 0xff) return file[position++];
        else beyond += 8;
        return isStuffed ? 0xff : 0;
    }
}

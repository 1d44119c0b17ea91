namespace AeVae.Data.Pictures.Jpeg;

/// <summary>A component of a scan and the codes of its coefficients.</summary>
readonly record struct JpegScanPart(JpegComponent Component, JpegHuffmanTable? Dc, JpegHuffmanTable? Ac);

/// <summary>Reads one scan: some coefficients of some components, or one more bit of them (T.81, annexes F and G).</summary>
sealed class JpegScan
{
    const int HighestBit = 13;

    readonly JpegFrame frame;
    readonly JpegScanPart[] parts;
    readonly JpegBits bits;
    readonly int restartInterval;
    readonly int first, last;     // coefficients, in zigzag order
    readonly int low;             // the bit that the scan's values start at
    readonly bool isRefinement;   // whether the bits above it came before
    int emptyBlocks;              // how many next blocks have no more new coefficients (G.1.2.2: EOBRUN)

    /// <summary>Takes the scan's header.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="parts">Its components.</param>
    /// <param name="bits">The bits behind the header.</param>
    /// <param name="restartInterval">Units between restart markers; 0: there are none.</param>
    /// <param name="spectrum">First and last coefficient.</param>
    /// <param name="precision">Lowest bit that came before, 0 for none, and lowest bit of this scan.</param>
    /// <exception cref="InvalidDataException">A table is missing, or the progression is none that the standard allows.</exception>
    public JpegScan(JpegFrame frame, JpegScanPart[] parts, JpegBits bits, int restartInterval, (int First, int Last) spectrum, (int Before, int Low) precision)
    {
        (this.frame, this.parts, this.bits, this.restartInterval) = (frame, parts, bits, restartInterval);
        // A file that is not progressive has one possible answer, and some of them state another.
        (first, last) = frame.IsProgressive ? spectrum : (0, JpegFrame.BlockArea - 1);
        (isRefinement, low) = frame.IsProgressive ? (precision.Before != 0, precision.Low) : (false, 0);
        bool isPossible = first <= last && last < JpegFrame.BlockArea && low <= HighestBit && (!isRefinement || precision.Before == low + 1);
        if (frame.IsProgressive) isPossible &= first == 0 ? last == 0 : parts.Length == 1;
        if (!isPossible) throw new InvalidDataException("is damaged: a scan of the JPEG has coefficients or bits that JPEG rules out");
        bool needsDc = first == 0 && !isRefinement, needsAc = last > 0;
        if (parts.Any(part => needsDc && part.Dc is null || needsAc && part.Ac is null)) throw new InvalidDataException("is damaged: the JPEG lacks a Huffman table");
    }

    /// <summary>Reads all blocks.</summary>
    /// <returns>Where the file goes on.</returns>
    /// <exception cref="InvalidDataException">The bits end too early or make no sense.</exception>
    public int Read()
    {
        // A.2.2: the units of a single component are its own blocks, without those that lie beyond the picture.
        JpegComponent? single = parts.Length == 1 ? parts[0].Component : null;
        int across = single is null ? frame.UnitsAcross : JpegFrame.Ceiling(single.Width, JpegFrame.BlockSide);
        int down = single is null ? frame.UnitsDown : JpegFrame.Ceiling(single.Height, JpegFrame.BlockSide);
        StartAfresh();
        for (int unit = 0; unit < across * down; unit++)
        {
            if (restartInterval > 0 && unit > 0 && unit % restartInterval == 0)
            {
                bits.Restart(unit / restartInterval - 1);
                StartAfresh();
            }

            (int y, int x) = Math.DivRem(unit, across);
            if (single is not null) ReadBlock(parts[0], single.Block(x, y));
            else ReadUnit(x, y);
        }

        foreach (JpegScanPart part in parts) part.Component.HasMeans |= first == 0;
        return bits.Position;
    }

    void StartAfresh()
    {
        foreach (JpegScanPart part in parts) part.Component.Predictor = 0;
        emptyBlocks = 0;
    }

    void ReadUnit(int x, int y)
    {
        foreach (JpegScanPart part in parts)
            for (int row = 0; row < part.Component.Down; row++)
                for (int column = 0; column < part.Component.Across; column++)
                    ReadBlock(part, part.Component.Block(x * part.Component.Across + column, y * part.Component.Down + row));
    }

    void ReadBlock(JpegScanPart part, Span<short> block)
    {
        if (first == 0 && isRefinement) block[0] |= (short)(bits.Read(1) << low);
        else if (first == 0) ReadMean(part, block);
        if (last == 0) return;
        if (isRefinement) Refine(part.Ac!, block);
        else ReadCoefficients(part.Ac!, block);
    }

    void ReadMean(JpegScanPart part, Span<short> block)
    {
        int size = part.Dc!.Read(bits);
        if (size > 15) throw new InvalidDataException("is damaged: a block of the JPEG has a mean of more bits than JPEG allows");
        part.Component.Predictor += size == 0 ? 0 : bits.ReadSigned(size);
        block[0] = (short)(part.Component.Predictor << low);
    }

    // F.2.2.2 and G.1.2.2: a symbol is a run of zeros and the size of the value after it. Without a value it is 16 zeros or the end of 2^run blocks and more.
    void ReadCoefficients(JpegHuffmanTable table, Span<short> block)
    {
        if (emptyBlocks > 0)
        {
            emptyBlocks--;
            return;
        }

        for (int k = Math.Max(first, 1); k <= last; k++)
        {
            byte symbol = table.Read(bits);
            (int run, int size) = (symbol >> 4, symbol & 15);
            if (size == 0 && run < 15)
            {
                emptyBlocks = EmptyBlocks(run) - 1;
                return;
            }

            k += run;
            if (k > last) throw new InvalidDataException("is damaged: a block of the JPEG has more coefficients than JPEG allows");
            if (size > 0) block[JpegFrame.ZigZag[k]] = (short)(bits.ReadSigned(size) << low);
        }
    }

    int EmptyBlocks(int run) => frame.IsProgressive ? (1 << run) + bits.Read(run) : 1;

    // G.1.2.3: a run counts the coefficients that are zero so far; each of the others that it passes gets its next bit.
    void Refine(JpegHuffmanTable table, Span<short> block)
    {
        int k = first;
        while (emptyBlocks == 0 && k <= last)
        {
            byte symbol = table.Read(bits);
            (int run, int size) = (symbol >> 4, symbol & 15);
            if (size > 1) throw new InvalidDataException("is damaged: a coefficient of the JPEG is refined by more than a bit");
            if (size == 0 && run < 15)
            {
                emptyBlocks = EmptyBlocks(run);
                break;
            }

            int value = size == 0 ? 0 : bits.Read(1) == 1 ? 1 << low : -1 << low;
            for (; k <= last; k++)
            {
                ref short coefficient = ref block[JpegFrame.ZigZag[k]];
                if (coefficient != 0) RefineBit(ref coefficient);
                else if (run-- == 0)
                {
                    coefficient = (short)value;
                    break;
                }
            }

            k++;
        }

        if (emptyBlocks == 0) return;
        for (; k <= last; k++)
        {
            ref short coefficient = ref block[JpegFrame.ZigZag[k]];
            if (coefficient != 0) RefineBit(ref coefficient);
        }

        emptyBlocks--;
    }

    void RefineBit(ref short coefficient)
    {
        if (bits.Read(1) == 1 && (coefficient & 1 << low) == 0) coefficient += (short)(coefficient > 0 ? 1 << low : -1 << low);
    }
}

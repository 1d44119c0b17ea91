using System.Buffers.Binary;

namespace AeVae.Data.Pictures.Png;

/// <summary>Turns the samples of a PNG file into red, green and blue on white.</summary>
readonly ref struct PngColours
{
    const int MostColours = 256;

    readonly ReadOnlySpan<byte> palette;        // (colours × 3)
    readonly ReadOnlySpan<byte> opacities;      // one for each of the palette's first colours; the others are opaque
    readonly int transparent0, transparent1, transparent2;   // the samples of the one transparent colour; −1: there is none

    /// <summary>Takes the two chunks that say what colours mean.</summary>
    /// <exception cref="InvalidDataException">A chunk has a length that the format rules out.</exception>
    public PngColours(PngFormat format, ReadOnlySpan<byte> palette, ReadOnlySpan<byte> transparency)
    {
        Format = format;
        transparent0 = transparent1 = transparent2 = -1;
        if (format.ColourType == PngFormat.Palette)
        {
            if (palette.Length == 0 || palette.Length % Picture.Channels != 0 || palette.Length > MostColours * Picture.Channels)
                throw new InvalidDataException($"is damaged: its palette has {palette.Length} bytes; 3 for each of 1 to {MostColours} colours are allowed");
            this.palette = palette;
            opacities = transparency;
        }
        else if (transparency.Length > 0 && format.ColourType is PngFormat.Grey or PngFormat.Colour)
        {
            if (transparency.Length != 2 * format.Samples) throw new InvalidDataException($"is damaged: its transparent colour has {transparency.Length} bytes, not {2 * format.Samples}");
            transparent0 = BinaryPrimitives.ReadUInt16BigEndian(transparency);
            if (format.Samples == 3) (transparent1, transparent2) = (BinaryPrimitives.ReadUInt16BigEndian(transparency[2..]), BinaryPrimitives.ReadUInt16BigEndian(transparency[4..]));
        }
    }

    /// <summary>What the header says.</summary>
    public PngFormat Format { get; }

    /// <summary>Writes a pixel.</summary>
    /// <param name="row">The samples of a row.</param>
    /// <param name="index">Which pixel of it.</param>
    /// <param name="target">Gets red, green and blue.</param>
    /// <exception cref="InvalidDataException">The palette has no such colour.</exception>
    public void Write(ReadOnlySpan<byte> row, int index, Span<byte> target)
    {
        int first = index * Format.Samples;
        int s0 = Sample(row, first), s1 = Format.Samples > 1 ? Sample(row, first + 1) : 0, s2 = Format.Samples > 2 ? Sample(row, first + 2) : 0;
        switch (Format.ColourType)
        {
            case PngFormat.Grey:
                LayOnWhite(ToByte(s0), ToByte(s0), ToByte(s0), s0 == transparent0 ? byte.MinValue : byte.MaxValue, target);
                break;
            case PngFormat.Colour:
                bool isTransparent = (s0, s1, s2) == (transparent0, transparent1, transparent2);
                LayOnWhite(ToByte(s0), ToByte(s1), ToByte(s2), isTransparent ? byte.MinValue : byte.MaxValue, target);
                break;
            case PngFormat.Palette:
                if (3 * s0 >= palette.Length) throw new InvalidDataException($"is damaged: a pixel has colour {s0} of a palette of {palette.Length / 3}");
                LayOnWhite(palette[3 * s0], palette[3 * s0 + 1], palette[3 * s0 + 2], s0 < opacities.Length ? opacities[s0] : byte.MaxValue, target);
                break;
            case PngFormat.GreyAlpha:
                LayOnWhite(ToByte(s0), ToByte(s0), ToByte(s0), ToByte(s1), target);
                break;
            default:
                LayOnWhite(ToByte(s0), ToByte(s1), ToByte(s2), ToByte(Sample(row, first + 3)), target);
                break;
        }
    }

    int Sample(ReadOnlySpan<byte> row, int index) => Format.Depth switch
    {
        8 => row[index],
        16 => BinaryPrimitives.ReadUInt16BigEndian(row[(2 * index)..]),
        int depth => row[index * depth / 8] >> 8 - depth - index * depth % 8 & (1 << depth) - 1,   // the leftmost stands in the highest bits
    };

    byte ToByte(int sample) => (byte)(Format.Depth == 16 ? sample >> 8 : sample * (255 / ((1 << Format.Depth) - 1)));

    static void LayOnWhite(byte red, byte green, byte blue, byte opacity, Span<byte> target)
    {
        target[0] = OnWhite(red, opacity);
        target[1] = OnWhite(green, opacity);
        target[2] = OnWhite(blue, opacity);
    }

    // (opacity·value + (255 − opacity)·255) / 255, rounded.
    static byte OnWhite(byte value, byte opacity) => opacity == byte.MaxValue ? value : (byte)(255 - ((255 - value) * opacity + 127) / 255);
}

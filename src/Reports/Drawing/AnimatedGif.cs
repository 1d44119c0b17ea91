using System.Buffers.Binary;

namespace AeVae.Reports.Drawing;

/// <summary>Writes pictures as an animated GIF, which every browser, mail program and slide plays.</summary>
/// <remarks>CompuServe 1990, Graphics Interchange Format, Version 89a; the looping extension is Netscape's.</remarks>
static class AnimatedGif
{
    const byte ColourTable256 = 0xF7;   // a global table of 256 colours, 8 bits each
    const byte KeepWhatIsDrawn = 1 << 2;

    /// <summary>The animation, which starts again for ever.</summary>
    /// <param name="frames">In order, at least one; the first covers all, later ones replace what they cover.</param>
    public static byte[] Join(IReadOnlyList<GifFrame> frames)
    {
        GifPalette palette = GifPalette.Of(frames.Select(frame => frame.Pixels));
        using MemoryStream gif = new();
        gif.Write("GIF89a"u8);
        Words(gif, frames[0].Pixels.Width, frames[0].Pixels.Height);
        gif.Write([ColourTable256, 0, 0]);
        gif.Write(palette.Table);
        gif.Write([0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0]);   // without end
        foreach (GifFrame frame in frames)
        {
            gif.Write([0x21, 0xF9, 4, KeepWhatIsDrawn]);
            Words(gif, (frame.Milliseconds + 5) / 10);
            gif.Write([0, 0, 0x2C]);
            Words(gif, frame.Left, frame.Top, frame.Pixels.Width, frame.Pixels.Height);
            gif.WriteByte(0);
            Lzw.Write(gif, [.. frame.Pixels.Rgb.Select(palette.IndexOf)]);
        }

        gif.WriteByte(0x3B);
        return gif.ToArray();
    }

    static void Words(Stream gif, params ReadOnlySpan<int> values)
    {
        Span<byte> word = stackalloc byte[2];
        foreach (int value in values)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(word, checked((ushort)value));
            gif.Write(word);
        }
    }

    /// <summary>The format's compression: codes of 9 to 12 bits for strings of bytes.</summary>
    static class Lzw
    {
        const int Clear = 256, End = 257, FirstFree = 258, MostCodes = 4096, FewestBits = 9;

        public static void Write(Stream gif, ReadOnlySpan<byte> indices)
        {
            gif.WriteByte(8);   // bits of an index
            Codes codes = new(gif);
            Dictionary<(int Prefix, byte Last), int> strings = [];
            int next = FirstFree, bits = FewestBits;
            codes.Add(Clear, bits);
            int prefix = indices[0];
            foreach (byte index in indices[1..])
            {
                if (strings.TryGetValue((prefix, index), out int longer))
                {
                    prefix = longer;
                    continue;
                }

                codes.Add(prefix, bits);
                if (next < MostCodes)
                {
                    strings[(prefix, index)] = next;
                    if (next++ == 1 << bits) bits++;
                }
                else
                {
                    codes.Add(Clear, bits);
                    strings.Clear();
                    (next, bits) = (FirstFree, FewestBits);
                }

                prefix = index;
            }

            codes.Add(prefix, bits);
            // The reader adds a string for every code, so its width may grow once more before the end.
            codes.Add(End, next == 1 << bits && bits < 12 ? bits + 1 : bits);
            codes.Finish();
        }
    }

    /// <summary>Codes of any width, the lowest bit first, in blocks of at most 255 bytes.</summary>
    sealed class Codes(Stream gif)
    {
        readonly byte[] block = new byte[255];
        int length, waiting;
        uint bits;

        public void Add(int code, int width)
        {
            bits |= (uint)code << waiting;
            waiting += width;
            for (; waiting >= 8; waiting -= 8, bits >>= 8) Append((byte)bits);
        }

        public void Finish()
        {
            if (waiting > 0) Append((byte)bits);
            Flush();
            gif.WriteByte(0);
        }

        void Append(byte value)
        {
            block[length++] = value;
            if (length == block.Length) Flush();
        }

        void Flush()
        {
            if (length == 0) return;
            gif.WriteByte((byte)length);
            gif.Write(block, 0, length);
            length = 0;
        }
    }
}

/// <summary>A picture of an animated GIF.</summary>
/// <param name="Pixels">What it shows.</param>
/// <param name="Left">Pixels from the left edge of the animation.</param>
/// <param name="Top">Pixels from its upper edge.</param>
/// <param name="Milliseconds">How long it is shown; the format keeps hundredths of a second.</param>
readonly record struct GifFrame(RgbImage Pixels, int Left, int Top, int Milliseconds);

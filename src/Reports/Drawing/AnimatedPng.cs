using System.Buffers.Binary;

namespace AeVae.Reports.Drawing;

/// <summary>Joins PNG pictures of one kind into an animation that browsers play and others show the first picture of.</summary>
/// <remarks>W3C, Portable Network Graphics (Third Edition), 11.3.6: acTL, fcTL and fdAT.</remarks>
static class AnimatedPng
{
    const int FrameControlLength = 26;

    /// <summary>The animation, which starts again for ever.</summary>
    /// <param name="frames">PNG files in order, at least one; the first covers all, later ones replace what they cover.</param>
    public static byte[] Join(IReadOnlyList<PngFrame> frames)
    {
        using MemoryStream png = new();
        png.Write(PngChunk.Signature);
        ReadOnlyMemory<byte> header = PngChunk.Read(frames[0].Png).First(chunk => chunk.Type == "IHDR").Data;
        PngChunk.Write(png, "IHDR"u8, header.Span);
        byte[] control = new byte[8];   // number of frames, and 0: without end
        BinaryPrimitives.WriteInt32BigEndian(control, frames.Count);
        PngChunk.Write(png, "acTL"u8, control);
        int sequence = 0;
        foreach ((int i, PngFrame frame) in frames.Index())
        {
            PngChunk.Write(png, "fcTL"u8, FrameControl(sequence++, frame));
            foreach ((_, ReadOnlyMemory<byte> data) in PngChunk.Read(frame.Png).Where(chunk => chunk.Type == "IDAT"))
            {
                if (i == 0)
                    PngChunk.Write(png, "IDAT"u8, data.Span);
                else
                    PngChunk.Write(png, "fdAT"u8, Numbered(sequence++, data.Span));
            }
        }

        PngChunk.Write(png, "IEND"u8, []);
        return png.ToArray();
    }

    static byte[] FrameControl(int sequence, PngFrame frame)
    {
        byte[] control = new byte[FrameControlLength];
        BinaryPrimitives.WriteInt32BigEndian(control, sequence);
        PngChunk.Read(frame.Png).First(chunk => chunk.Type == "IHDR").Data.Span[..8].CopyTo(control.AsSpan(4));   // width and height
        BinaryPrimitives.WriteInt32BigEndian(control.AsSpan(12), frame.Left);
        BinaryPrimitives.WriteInt32BigEndian(control.AsSpan(16), frame.Top);
        BinaryPrimitives.WriteInt16BigEndian(control.AsSpan(20), (short)frame.Milliseconds);
        BinaryPrimitives.WriteInt16BigEndian(control.AsSpan(22), 1000);
        return control;   // dispose and blend 0: what a frame covers stays until it is covered again
    }

    static byte[] Numbered(int sequence, ReadOnlySpan<byte> data)
    {
        byte[] numbered = new byte[sizeof(int) + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(numbered, sequence);
        data.CopyTo(numbered.AsSpan(sizeof(int)));
        return numbered;
    }
}

/// <summary>A picture of an animation.</summary>
/// <param name="Png">A PNG file.</param>
/// <param name="Left">Pixels from the left edge of the animation.</param>
/// <param name="Top">Pixels from its upper edge.</param>
/// <param name="Milliseconds">How long it is shown.</param>
readonly record struct PngFrame(byte[] Png, int Left, int Top, int Milliseconds);

using AeVae.Reports.Drawing;

namespace AeVae.Tests.Reports;

/// <summary>An animated GIF as a reader written from the specification (CompuServe 1990, appendix F) sees it.</summary>
public sealed class AnimatedGifTests
{
    [Fact]
    public void EveryPixelComesBackWhateverTheLengthOfTheCodes()
    {
        // 300 × 200 pixels of 200 colours in no order need more than one table of 4,096 strings.
        uint state = 1;
        RgbImage noise = new([.. Enumerable.Range(0, 60_000).Select(_ => (int)((state = state * 1664525 + 1013904223) >> 16) % 200 * 0x010305)], 300, 200);
        RgbImage flat = new([.. Enumerable.Repeat(0x336699, 5_000)], 100, 50), dot = new([0xffffff], 1, 1);

        List<Frame> frames = Read(AnimatedGif.Join([new(noise, 0, 0, 110), new(flat, 7, 9, 55), new(dot, 299, 199, 2000)]));

        Assert.Equal([(0, 0, 300, 200), (7, 9, 100, 50), (299, 199, 1, 1)], frames.Select(frame => (frame.Left, frame.Top, frame.Width, frame.Height)));
        Assert.Equal([11, 6, 200], frames.Select(frame => frame.Hundredths));
        Assert.Equal(noise.Rgb, frames[0].Rgb);
        Assert.Equal(flat.Rgb, frames[1].Rgb);
        Assert.Equal(dot.Rgb, frames[2].Rgb);
    }

    [Theory]
    [InlineData(253), InlineData(254), InlineData(255), InlineData(256), InlineData(766), InlineData(767), InlineData(768), InlineData(1790), InlineData(1791), InlineData(1792), InlineData(3838), InlineData(3839), InlineData(3840), InlineData(4094), InlineData(8000)]
    public void CodesGrowWhereTheReaderExpectsThem(int pixels)
    {
        // No pair of neighbours repeats, so that every pixel is a code of its own, and the widths change after a known number of them.
        int[] rgb = [.. Enumerable.Range(0, pixels).Select(i => i % 2 == 0 ? i / 2 % 120 : 120 + i / 240 % 120)];

        Assert.Equal(rgb, Read(AnimatedGif.Join([new(new RgbImage(rgb, pixels, 1), 0, 0, 100)])).Single().Rgb);
    }

    [Fact]
    public void FrequentColoursStayExactAndOthersComeNear()
    {
        int[] rgb = [.. Enumerable.Repeat(0xffffff, 20_000), .. Enumerable.Range(0, 4096).Select(i => (i & 15) * 17 << 16 | (i >> 4 & 15) * 17 << 8 | (i >> 8) * 17)];

        int[] read = Read(AnimatedGif.Join([new(new RgbImage(rgb, rgb.Length / 4, 4), 0, 0, 100)])).Single().Rgb;

        Assert.All(read[..20_000], colour => Assert.Equal(0xffffff, colour));
        // A cube of 16³ colours in 224 boxes: six or seven parts along each channel, so at most two of 15 steps from the middle.
        Assert.All(rgb.Zip(read), pair => Assert.All((int[])[0, 8, 16], shift => Assert.InRange(Math.Abs((pair.First >> shift & 255) - (pair.Second >> shift & 255)), 0, 34)));
    }

    sealed record Frame(int Left, int Top, int Width, int Height, int Hundredths, int[] Rgb);

    static List<Frame> Read(byte[] gif)
    {
        Assert.Equal("GIF89a"u8.ToArray(), gif[..6]);
        Assert.Equal(0xF7, gif[10]);
        int at = 13 + 3 * 256, delay = 0;
        int Word(int place) => gif[place] | gif[place + 1] << 8;
        int[] table = [.. Enumerable.Range(0, 256).Select(i => gif[13 + 3 * i] << 16 | gif[14 + 3 * i] << 8 | gif[15 + 3 * i])];
        List<Frame> frames = [];
        bool loops = false;
        while (gif[at] != 0x3B)
        {
            if (gif[at] == 0x21)
            {
                if (gif[at + 1] == 0xF9) delay = Word(at + 4);
                loops |= gif[at + 1] == 0xFF;
                at += 2;
                Blocks(gif, ref at);
                continue;
            }

            Assert.Equal(0x2C, gif[at]);
            (int left, int top, int width, int height) = (Word(at + 1), Word(at + 3), Word(at + 5), Word(at + 7));
            Assert.Equal(8, gif[at + 10]);
            at += 11;
            frames.Add(new(left, top, width, height, delay, [.. Decode(Blocks(gif, ref at)).Select(index => table[index])]));
            Assert.Equal(width * height, frames[^1].Rgb.Length);
        }

        Assert.True(loops);
        Assert.Equal(gif.Length - 1, at);
        return frames;
    }

    static byte[] Blocks(byte[] gif, ref int at)
    {
        List<byte> all = [];
        for (; gif[at] != 0; at += 1 + gif[at]) all.AddRange(gif[(at + 1)..(at + 1 + gif[at])]);
        at++;
        return [.. all];
    }

    static List<byte> Decode(byte[] data)
    {
        List<byte> indices = [];
        List<byte[]> strings = [];
        int bit = 0, width = 9;
        byte[]? before = null;
        while (true)
        {
            int code = 0;
            for (int i = 0; i < width; i++, bit++) code |= (data[bit / 8] >> bit % 8 & 1) << i;
            if (code == 257) return indices;
            if (code == 256)
            {
                strings = [.. Enumerable.Range(0, 258).Select(i => new[] { (byte)i })];
                (width, before) = (9, null);
                continue;
            }

            byte[] now = code < strings.Count ? strings[code] : [.. before!, before![0]];
            indices.AddRange(now);
            if (before is not null && strings.Count < 4096) strings.Add([.. before, now[0]]);
            if (strings.Count == 1 << width && width < 12) width++;
            before = now;
        }
    }
}

namespace AeVae.Reports.Drawing;

/// <summary>At most 256 colours for pictures that have more.</summary>
/// <remarks>The most frequent colours stay exact, so that paper stays white; the others are halved where they spread most, as by Wan, Wong and Prusinkiewicz 1988.</remarks>
sealed class GifPalette
{
    const int Size = 256, Exact = 32;

    readonly Dictionary<int, byte> indices = [];

    GifPalette(IReadOnlyList<(int Colour, IEnumerable<int> Stands)> entries)
    {
        foreach ((int i, (int colour, IEnumerable<int> stands)) in entries.Index())
        {
            (Table[3 * i], Table[3 * i + 1], Table[3 * i + 2]) = ((byte)(colour >> 16), (byte)(colour >> 8), (byte)colour);
            foreach (int one in stands) indices[one] = (byte)i;
        }
    }

    /// <summary>Red, green and blue of each entry; black where there are fewer than 256.</summary>
    public byte[] Table { get; } = new byte[3 * Size];

    /// <summary>The entry that stands for a colour of the pictures.</summary>
    public byte IndexOf(int rgb) => indices[rgb];

    /// <summary>The palette of some pictures.</summary>
    public static GifPalette Of(IEnumerable<RgbImage> pictures)
    {
        Dictionary<int, long> counts = [];
        foreach (int colour in pictures.SelectMany(picture => picture.Rgb))
            counts[colour] = counts.GetValueOrDefault(colour) + 1;
        (int Colour, long Count)[] all = [.. counts.Select(colour => (colour.Key, colour.Value)).OrderByDescending(colour => colour.Value).ThenBy(colour => colour.Key)];
        int exact = all.Length <= Size ? all.Length : Exact;
        List<Box> boxes = all.Length > exact ? [new([.. all.Skip(exact)])] : [];
        while (boxes.Count > 0 && boxes.Count < Size - exact && boxes.MaxBy(box => box.Spread) is { Spread: > 0 } widest)
        {
            boxes.Remove(widest);
            boxes.AddRange(widest.Halves());
        }

        return new GifPalette([.. all.Take(exact).Select(colour => (colour.Colour, Enumerable.Repeat(colour.Colour, 1))), .. boxes.Select(box => (box.Mean, box.Colours))]);
    }

    /// <summary>Colours that one entry may stand for.</summary>
    sealed class Box
    {
        readonly (int Colour, long Count)[] members;
        readonly int shift;   // of the channel that spreads most
        readonly double middle;

        public Box((int Colour, long Count)[] members)
        {
            this.members = members;
            foreach (int channel in (ReadOnlySpan<int>)[0, 8, 16])
            {
                double count = members.Sum(one => (double)one.Count), mean = members.Sum(one => (double)one.Count * Channel(one.Colour, channel)) / count;
                double spread = members.Sum(one => one.Count * (Channel(one.Colour, channel) - mean) * (Channel(one.Colour, channel) - mean));
                Mean |= (int)Math.Round(mean) << channel;
                if (spread > Spread) (Spread, shift, middle) = (spread, channel, mean);
            }
        }

        public int Mean { get; }

        /// <summary>Sum of squared distances from the mean along the channel where it is largest.</summary>
        public double Spread { get; }

        public IEnumerable<int> Colours => members.Select(one => one.Colour);

        public Box[] Halves() => [new([.. members.Where(one => Channel(one.Colour, shift) <= middle)]), new([.. members.Where(one => Channel(one.Colour, shift) > middle)])];

        static int Channel(int colour, int shift) => colour >> shift & 255;
    }
}

namespace AeVae.Reports.Charts;

/// <summary>Keeps labels beside a chart from touching.</summary>
static class LabelPlacement
{
    /// <summary>Moves positions as little as needed: at least <paramref name="spacing"/> apart, within [low, high] while they fit, in their order.</summary>
    public static double[] Spread(IReadOnlyList<double> positions, double spacing, double low, double high)
    {
        int[] order = [.. Enumerable.Range(0, positions.Count).OrderBy(i => positions[i])];
        List<(double Sum, int Count)> blocks = [];   // each block: sum of the wished positions of its first label, and its labels
        for (int k = 0; k < order.Length; k++)
        {
            blocks.Add((positions[order[k]] - k * spacing, 1));
            while (blocks.Count > 1 && Mean(blocks[^1]) < Mean(blocks[^2]))
            {
                (double sum, int count) = blocks[^1];
                blocks.RemoveAt(blocks.Count - 1);
                blocks[^1] = (blocks[^1].Sum + sum, blocks[^1].Count + count);
            }
        }

        double[] placed = new double[positions.Count];
        double highest = Math.Max(low, high - (order.Length - 1) * spacing);
        int next = 0;
        foreach ((double Sum, int Count) block in blocks)
            for (int i = 0; i < block.Count; i++, next++)
                placed[order[next]] = Math.Clamp(Mean(block), low, highest) + next * spacing;
        return placed;

        static double Mean((double Sum, int Count) block) => block.Sum / block.Count;
    }
}

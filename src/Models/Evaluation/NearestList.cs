namespace AeVae.Models.Evaluation;

/// <summary>The nearest of the references added so far, nearest first; of equals the one added first.</summary>
sealed class NearestList(int capacity)
{
    readonly double[] distances = new double[capacity];
    readonly int[] references = new int[capacity];
    int count;

    /// <summary>How many it keeps.</summary>
    public int Capacity => capacity;

    /// <summary>Whether there is no room.</summary>
    public bool IsFull => count == capacity;

    /// <summary>A reference must be nearer than this to count: the last distance kept, or +∞ while there is room.</summary>
    public double Farthest => IsFull ? distances[^1] : double.PositiveInfinity;

    /// <summary>Forgets all.</summary>
    public void Clear() => count = 0;

    /// <summary>Distance of the one that is nearest but <paramref name="rank"/>; +∞ where there are not so many.</summary>
    public double Distance(int rank) => rank < count ? distances[rank] : double.PositiveInfinity;

    /// <summary>The reference that is nearest but <paramref name="rank"/>, one of those kept.</summary>
    public int Reference(int rank) => references[rank];

    /// <summary>Takes a reference that is nearer than <see cref="Farthest"/>.</summary>
    public void Add(double distance, int reference)
    {
        int place = count < capacity ? count++ : capacity - 1;
        for (; place > 0 && distance < distances[place - 1]; place--) (distances[place], references[place]) = (distances[place - 1], references[place - 1]);
        (distances[place], references[place]) = (distance, reference);
    }

    /// <summary>The most frequent class; a tie goes to the class with the nearest reference.</summary>
    public int Majority(ReadOnlySpan<byte> labels)
    {
        int best = -1, bestVotes = 0;
        for (int i = 0; i < count; i++)
        {
            int votes = 0;
            for (int j = 0; j < count; j++)
            {
                if (labels[references[j]] == labels[references[i]]) votes++;
            }

            if (votes > bestVotes) (best, bestVotes) = (labels[references[i]], votes);
        }

        return best;
    }
}

namespace AeVae.Models.Evaluation;

/// <summary>The nearest of the references offered so far, nearest first; of equals the one offered first.</summary>
sealed class NearestList(int capacity)
{
    readonly double[] distances = new double[capacity];
    readonly int[] references = new int[capacity];
    int count;

    public void Offer(double distance, int reference)
    {
        if (count == capacity && !(distance < distances[^1])) return;
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

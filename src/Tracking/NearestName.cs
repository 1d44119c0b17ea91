namespace AeVae.Tracking;

/// <summary>Finds what someone probably meant.</summary>
public static class NearestName
{
    /// <summary>The candidate with the fewest edits, if these are at most a third of its letters (or two, for five letters); the first of equals.</summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        int fewest = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int edits = Edits(name, candidate);
            if (edits < fewest && edits <= (candidate.Length <= 4 ? 1 : Math.Max(2, candidate.Length / 3)))
                (best, fewest) = (candidate, edits);
        }
        return best;
    }

    /// <summary><c> Did you mean 'loss'?</c>, to stand after a sentence; empty where nothing comes near.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="candidates">What it may be.</param>
    /// <param name="before">Stands before the candidate: <c>val.</c>.</param>
    public static string Hint(string name, IEnumerable<string> candidates, string before = "") => Of(name, candidates) is { } near ? $" Did you mean '{before}{near}'?" : "";

    /// <summary>Insertions, deletions, replacements and swaps of neighbours between two names; case, '_' and '-' do not count.</summary>
    /// <remarks>Optimal string alignment (Damerau 1964).</remarks>
    public static int Edits(string first, string second)
    {
        string a = Letters(first), b = Letters(second);
        var d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }

    // Long names are cut: nobody means a key of 64 letters, and the cost grows with the product of the lengths.
    static string Letters(string name) =>
        string.Concat(name.Take(64).Where(c => c is not ('_' or '-')).Select(char.ToLowerInvariant));
}

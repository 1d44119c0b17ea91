using System.Globalization;

namespace AeVae.Runner.Slurm;

/// <summary>Trials that one job array carries out: the index of a task is its trial's number less <paramref name="Offset"/>.</summary>
/// <param name="Offset">Trials before the first that this array could hold.</param>
/// <param name="Trials">Their numbers, ascending.</param>
sealed record JobArray(int Offset, IReadOnlyList<int> Trials)
{
    /// <summary>As sbatch reads it: <c>1-3,7</c>.</summary>
    public string Indexes
    {
        get
        {
            List<string> ranges = [];
            for (int first = 0, last; first < Trials.Count; first = last + 1)
            {
                last = first;
                while (last + 1 < Trials.Count && Trials[last + 1] == Trials[last] + 1)
                    last++;
                string from = (Trials[first] - Offset).ToString(CultureInfo.InvariantCulture);
                ranges.Add(first == last ? from : string.Create(CultureInfo.InvariantCulture, $"{from}-{Trials[last] - Offset}"));
            }

            return string.Join(',', ranges);
        }
    }

    /// <summary>The fewest arrays that hold <paramref name="trials"/>.</summary>
    /// <param name="trials">Numbers of trials, from 1.</param>
    /// <param name="maxArraySize">Slurm's MaxArraySize: every index is below it.</param>
    public static IReadOnlyList<JobArray> Of(IEnumerable<int> trials, int maxArraySize)
    {
        int size = maxArraySize - 1;   // from 1, as trials are numbered
        return [.. trials.Order().GroupBy(trial => (trial - 1) / size * size).Select(array => new JobArray(array.Key, [.. array]))];
    }
}

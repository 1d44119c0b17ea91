using AeVae.Reports.Comparisons;
using AeVae.Tracking;

namespace AeVae.Reports;

/// <summary>Columns of a list of runs where nobody asked for others.</summary>
public static class UsualColumns
{
    const int MostDiffering = 8;

    /// <summary>The losses and errors of which the results file knows the meaning; of chosen runs, as those of a sweep, first the keys that tell them apart, which names do not.</summary>
    public static IReadOnlyList<string> Of(RunQueries queries, RunFilter filter)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.RunIds is not { } ids)
            return queries.UsualMetrics;
        // A key that ends like a column of the runs themselves, as train.epochs, is shortened no further.
        string[] all = [.. queries.AllKeys, .. RunFilter.ColumnsOfRun.Select(column => $"run.{column}")];
        return [.. queries.KeysThatDiffer(ids).Where(DifferingKeys.IsSetting).Take(MostDiffering).Select(key => DifferingKeys.Shorten(key, all)), .. queries.UsualMetrics];
    }
}

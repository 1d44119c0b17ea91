namespace AeVae.Reports.Comparisons;

/// <summary>How much of a metric's variance over runs one key explains.</summary>
/// <param name="Key">The key, or <c>variant</c>.</param>
/// <param name="Levels">Number of values, or of ranges of values, that are told apart.</param>
/// <param name="Runs">Runs that were compared: those that have the key.</param>
/// <param name="Share">η² of a one-way analysis of variance: the sum of squares between levels ÷ that of all runs; 0 … 1.</param>
/// <param name="BestLevel">The value, or range, with the best mean.</param>
/// <param name="BestMean">Mean of the metric there.</param>
public sealed record Importance(string Key, int Levels, int Runs, double Share, string BestLevel, double BestMean)
{
    /// <summary>The share that a key without any effect explains on average; see <see cref="ImportanceTable.ChanceInWords"/>.</summary>
    public required double Chance { get; init; }

    /// <summary>Other keys that put the runs into the same parts, so that what each of them does cannot be told.</summary>
    public IReadOnlyList<Importance> Aliases { get; init; } = [];

    /// <summary><see cref="Chance"/> for people.</summary>
    public string ChanceText => InWords(Chance);

    internal static string InWords(double share) => share is > 0 and < 0.0005 ? "< 0.1 %" : Numbers.Percent(share);

    /// <summary>The key and its <see cref="Aliases"/>.</summary>
    /// <param name="code">How keys are written.</param>
    public string Names(Func<string, string> code) => string.Join(", ", Aliases.Prepend(this).Select(one => code(one.Key)));

    /// <summary>The best level of the key and of its <see cref="Aliases"/>, for people.</summary>
    public string BestLevels => string.Join(", ", Aliases.Prepend(this).Select(one => one.BestLevel));
}

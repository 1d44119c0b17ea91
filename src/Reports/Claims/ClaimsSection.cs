using System.Globalization;
using AeVae.Reports.Markdown;
using AeVae.Tracking.Sweeps;

namespace AeVae.Reports.Claims;

/// <summary>Claims and their verdicts as a section of a report.</summary>
static class ClaimsSection
{
    const int MostKeys = 4;

    /// <summary>What a reader must know where stored verdicts are not those that the runs give.</summary>
    public static IEnumerable<string> Contradictions(IReadOnlyList<ClaimVerdict> stored, IReadOnlyList<ClaimVerdict> judged) =>
        from verdict in judged
        from before in stored
        where before.Expression == verdict.Expression && before.Outcome != verdict.Outcome
        select $"The claim '{verdict.Text}' is stored as '{before.Outcome.Words()}', but by the numbers that its runs have now it is '{verdict.Outcome.Words()}', as told here. Either runs of the sweep were trained after it was judged (`runner sweep --resume` judges again), or an older program judged it, or something was edited (`runner verify` tells of runs).";

    /// <summary>A table of all claims and how they are judged, and what the file claimed before; null when there are none.</summary>
    /// <param name="claims">Verdicts.</param>
    /// <param name="withdrawn">What the file has no more.</param>
    /// <param name="differing">The keys in which two variants differ; empty where there are more, of which a claim may compare any two.</param>
    public static string? Write(IReadOnlyList<ClaimVerdict> claims, IReadOnlyList<ClaimText> withdrawn, IReadOnlyList<string> differing)
    {
        string before = string.Concat(withdrawn.Select(claim => $"\n**Withdrawn** from the file after trials had been trained: {MarkdownText.Plain(claim.Text)} {MarkdownText.Code(claim.Check)}\n"));
        if (claims.Count == 0) return before.Length > 0 ? before.TrimStart('\n') : null;
        MarkdownTable table = new("verdict", "claim", "measured", "seeds");
        foreach (ClaimVerdict claim in claims)
        {
            table.Add($"**{claim.Outcome.Words()}**", $"{MarkdownText.Plain(claim.Text)}<br>{MarkdownText.Code(claim.Expression)}", MarkdownText.Plain(claim.Evidence),
                string.Join(", ", claim.Seeds.Select(seed => seed.ToString(CultureInfo.InvariantCulture))));
        }

        return $"{table}\nEach side is computed with every seed, and compared seed by seed. A claim holds when the 95 % interval of the difference (Student's t, paired) lies on the claimed side, does not hold when it lies on the other, and is undecided otherwise; with one seed, and where all seeds agree, the value decides. Each is judged for itself.{(differing.Count > 1 ? $" The two variants differ in {string.Join(" and ", differing.Take(MostKeys).Select(MarkdownText.Code))}{(differing.Count > MostKeys ? " and more" : "")}: which of these makes one unlike the other, no verdict tells." : "")}\n{before}";
    }
}

using AeVae.Models;
using AeVae.Reports.Claims;
using AeVae.Runner.Specs;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Sweeps;

/// <summary>Reads the section <c>claims</c>.</summary>
sealed class ClaimReader
{
    readonly List<(ClaimText Claim, ScalarNode Check)> claims = [];

    /// <summary>The claims in the file's order; none without the section.</summary>
    public IReadOnlyList<ClaimText> Texts => [.. claims.Select(claim => claim.Claim)];

    /// <summary>Reads texts and checks.</summary>
    public static ClaimReader Read(SpecNode? node, IReadOnlyList<Variant> variants, SweepSection sweep, List<LocatedProblem> problems)
    {
        ClaimReader reader = new();
        if (node is null or ScalarNode { IsNull: true })
            return reader;
        if (node is not ListNode list)
        {
            problems.Add(node.At.Problem("'claims' must be a list, each with 'text' and 'check': - {text: …, check: \"…\"}."));
            return reader;
        }

        if (variants.Count == 0)
            problems.Add(node.At.Problem("claims compare variants, but the file has none. Add a section 'variants'."));
        else if (sweep.Keys.Count > 0)
            problems.Add(node.At.Problem($"claims compare variants with one value each, but '{sweep.Keys[0].Path}' is swept as well. Move the claims, or the swept parameters, to a file of their own."));
        foreach (SpecNode item in list.Items)
            reader.Add(item, problems);
        return reader;
    }

    /// <summary>Reports what the checks say wrongly.</summary>
    /// <param name="trials">The trials of all variants; none while they have problems themselves: then only the syntax is checked.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public void Check(IReadOnlyList<Trial> trials, List<LocatedProblem> problems)
    {
        KeyValuePair<string, ExperimentSpec>[] variants = [.. trials.Where(trial => trial.Variant is not null).DistinctBy(trial => trial.Variant).Select(trial => KeyValuePair.Create(trial.Variant!, trial.Spec))];
        foreach ((_, ScalarNode check) in claims)
        {
            Claim claim;
            try
            {
                claim = ClaimSyntax.Parse(check.Text);
            }
            catch (ClaimSyntaxException e)
            {
                Tell(check, e.Column, e.Message);
                continue;
            }

            if (variants.Length == 0)
                continue;
            IReadOnlyList<(int Column, string Message)> unknown = ClaimNames.Problems(claim, variants);
            foreach ((int column, string message) in unknown)
                Tell(check, column, message);
            if (unknown.Count > 0)
                continue;
            IReadOnlyList<Measurement> measured = claim.Measurements;
            if ((Incomparable(measured, variants) ?? Pointless(claim, variants)) is { } why)
                problems.Add(check.At.Problem(why));
            if (WithoutCommonSeed(measured, trials) is { } names)
                problems.Add(check.At.Problem($"a claim compares variants seed by seed, but no seed is common to {names}. Leave 'seed' out of the variants, or give all the same with 'sweep.seeds'."));
        }

        void Tell(ScalarNode check, int column, string message) =>
            problems.Add((check.At with { Column = check.At.Column + column - (check.Quoted ? 0 : 1) }).Problem($"in the check of a claim: {message}"));
    }

    /// <summary>Why two values of one metric, in two variants, do not mean the same; null where they do. Ratios and epochs of a variant may be compared whatever its loss is.</summary>
    static string? Incomparable(IReadOnlyList<Measurement> measured, KeyValuePair<string, ExperimentSpec>[] variants)
    {
        if (measured is not [var a, var b] || a.Variant == b.Variant || (a.Metric, a.Split) != (b.Metric, b.Split) || new[] { a, b }.Any(one => one.Function == ClaimFunction.EpochsTo))
            return null;
        ExperimentSpec[] specs = [.. variants.Where(variant => variant.Key == a.Variant || variant.Key == b.Variant).Select(variant => variant.Value)];
        IReadOnlyList<string> images = LossKeys.OfImages(a.Split);
        if (SweepMetric.Differing(images, specs) is [var image, ..])
            return $"{a.Variant} and {b.Variant} differ in '{image}', so their {a.Metric} is that of other images, and neither is the lower one.";
        return a.Metric == "loss" && SweepMetric.Differing(LossKeys.Objective, specs) is [var key, ..]
            ? $"{a.Variant} and {b.Variant} differ in '{key}', so each minimises another loss, and neither is the lower one. Compare bce or mse, which mean the same in both."
            : null;
    }

    /// <summary>Why what stands on the two sides has no order, whatever was measured; null where it has one, or is computed from measurements.</summary>
    static string? Pointless(Claim claim, KeyValuePair<string, ExperimentSpec>[] variants)
    {
        if (claim.Bare is not var (left, right))
            return null;
        if (left.IsSame(right))
            return "both sides are the same measurement, so neither is the lower one. Name another variant, metric or epoch on one of them.";
        string unit = Unit(left, variants), other = Unit(right, variants);
        return (left.Metric, left.Function == ClaimFunction.EpochsTo) == (right.Metric, right.Function == ClaimFunction.EpochsTo) || unit == other ? null
            : $"the sides have different units, '{unit}' and '{other}', so neither is the lower one. Compare metrics of one unit.";
    }

    static string Unit(Measurement measured, KeyValuePair<string, ExperimentSpec>[] variants) =>
        measured.Function == ClaimFunction.EpochsTo ? "epochs"
        : measured.Metric == "loss" && variants.First(variant => variant.Key == measured.Variant).Value.Loss is var loss && LossKeys.UnitOfLoss(Canonical.Word(loss.Reconstruction), Canonical.Word(loss.Reduction)) is { } unit ? unit
        : Metrics.Find(measured.Metric)!.Unit;

    static string? WithoutCommonSeed(IReadOnlyList<Measurement> measured, IReadOnlyList<Trial> trials)
    {
        string[] named = [.. measured.Select(measurement => measurement.Variant).Distinct()];
        return named.Length < 2 || named.Select(name => trials.Where(trial => trial.Variant == name).Select(trial => trial.Spec.Seed)).Aggregate((common, seeds) => common.Intersect(seeds)).Any() ? null : string.Join(" and ", named);
    }

    void Add(SpecNode node, List<LocatedProblem> problems)
    {
        if (node is MapNode map && map.Entries.All(entry => entry.Key is "text" or "check") && Text(map, "text") is { } text && Text(map, "check") is { } check)
            claims.Add((new(text.Text, check.Text), check));
        else
            problems.Add(node.At.Problem("a claim is a mapping with 'text', the claim in words, and 'check', what is measured for it, and nothing else."));
    }

    static ScalarNode? Text(MapNode map, string key) => map.Find(key)?.Value is ScalarNode { IsNull: false } scalar && scalar.Text.Trim().Length > 0 ? scalar : null;
}

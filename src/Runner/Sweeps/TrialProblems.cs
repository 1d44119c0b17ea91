using AeVae.Runner.Specs;

namespace AeVae.Runner.Sweeps;

/// <summary>Problems of trials, each told once: with the variant, or with the first point, where it is not that of all.</summary>
/// <param name="problems">Gets them.</param>
sealed class TrialProblems(List<LocatedProblem> problems)
{
    readonly Dictionary<LocatedProblem, List<(string? Variant, Point Point)>> found = [];
    readonly List<(string? Variant, Point Point)> looked = [];

    /// <summary>Different problems so far.</summary>
    public int Count => found.Count;

    /// <summary>Takes note of a group of trials.</summary>
    public void Add(string? variant, Point point, IEnumerable<LocatedProblem> ofTrial)
    {
        looked.Add((variant, point));
        foreach (LocatedProblem problem in ofTrial.Distinct())
        {
            if (!found.TryGetValue(problem, out List<(string?, Point)>? places))
                found.Add(problem, places = []);
            places.Add((variant, point));
        }
    }

    /// <summary>Tells them.</summary>
    public void Report()
    {
        foreach ((LocatedProblem problem, List<(string? Variant, Point Point)> places) in found)
            problems.Add(problem with { Message = problem.Message + Place(places) });
    }

    string Place(List<(string? Variant, Point Point)> places)
    {
        string[] names = [.. places.Select(place => place.Variant).Distinct().OfType<string>()];
        bool inAllVariants = names.Length == looked.Select(place => place.Variant).Distinct().OfType<string>().Count();
        bool atAllPoints = places.Count == looked.Count(place => place.Variant is null || names.Contains(place.Variant));
        string variant = inAllVariants ? "" : $"variant{(names.Length > 1 ? "s" : "")} {string.Join(", ", names.Select(name => $"'{name}'"))}";
        string point = atAllPoints ? "" : string.Join(", ", places[0].Point.Values.Select(value => $"{value.Key.Path} {value.Text}"));
        string both = string.Join(variant.Length * point.Length > 0 ? " with " : "", variant, point);
        return both.Length == 0 ? "" : $" ({both})";
    }
}

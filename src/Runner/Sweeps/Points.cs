using AeVae.Runner.Specs;
namespace AeVae.Runner.Sweeps;

/// <summary>One choice of values for the swept keys.</summary>
/// <param name="Number">From 1, in the order in which points are made; excluding one does not renumber the others. 0 when nothing is swept.</param>
/// <param name="Variant">The only variant that it is for; null for all.</param>
/// <param name="Values">The keys that it sets.</param>
sealed record Point(int Number, string? Variant, IReadOnlyList<PointValue> Values);

/// <summary>The points of a sweep, those that are excluded among them.</summary>
/// <param name="options">How points are chosen.</param>
/// <param name="dimensions">Parameters in the file's order; those of one dimension advance together.</param>
/// <param name="included">Points beside them.</param>
sealed class Points(SweepOptions options, IReadOnlyList<IReadOnlyList<Parameter>> dimensions, IReadOnlyList<TrialPattern> included)
{
    /// <summary>Number of points; may be far more than can be run.</summary>
    public double Count => Math.Max(1, Swept + included.Count);

    /// <summary>Whether points of a method are drawn, and so need their number.</summary>
    public static bool AreDrawn(SweepMethod method) => method is SweepMethod.Random or SweepMethod.Halton or SweepMethod.Asha;

    /// <summary>Every point, in order: those of the method, then those that are included. In a grid the last parameter varies fastest.</summary>
    public IEnumerable<Point> All()
    {
        if (dimensions.Count + included.Count == 0)
            yield return new(0, null, []);
        for (int i = 0; i < Swept; i++)
            yield return new(i + 1, null, AreDrawn(options.Method) ? Drawn(i + 1) : OfGrid(i));
        foreach ((int i, TrialPattern point) in included.Index())
            yield return new((int)Swept + i + 1, point.Variant, point.Values);
    }

    double Swept => dimensions.Count == 0 ? 0
        : AreDrawn(options.Method) ? options.Trials ?? 0
        : dimensions.Aggregate(1.0, (product, dimension) => product * dimension[0].Count);

    List<PointValue> OfGrid(int index)
    {
        List<PointValue> values = [];
        foreach (IReadOnlyList<Parameter> dimension in dimensions.Reverse())
        {
            (index, int digit) = Math.DivRem(index, (int)dimension[0].Count);
            values.InsertRange(0, dimension.Select(parameter => parameter.ValueAt(digit)));
        }

        return values;
    }

    List<PointValue> Drawn(int number)
    {
        // Halton's bases follow the names, so that moving a parameter within the file moves no point.
        string[] names = [.. dimensions.Select(dimension => dimension[0].Key.Path).Order(StringComparer.Ordinal)];
        return [.. dimensions.SelectMany(dimension =>
        {
            string name = dimension[0].Key.Path;
            double u = options.Method == SweepMethod.Halton ? UnitPoint.Halton(Array.IndexOf(names, name), number) : UnitPoint.Random(options.Seed, name, number);
            return dimension.Select(parameter => parameter.Draw(u));
        })];
    }
}

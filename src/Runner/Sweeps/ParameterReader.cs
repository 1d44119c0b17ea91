using AeVae.Compute;
using AeVae.Runner.Specs;

namespace AeVae.Runner.Sweeps;

/// <summary>Reads what stands below one key of <c>sweep.parameters</c>.</summary>
/// <param name="method">How points are chosen: decides whether a number of steps is needed.</param>
/// <param name="problems">Gets what is wrong.</param>
sealed class ParameterReader(SweepMethod method, List<LocatedProblem> problems)
{
    /// <summary>The parameter; null when it cannot be swept so.</summary>
    public Parameter? Read(MapEntry entry)
    {
        if (SweepKeys.Defect(entry.Key) is { } defect)
            return Wrong(entry.At, entry.Value is MapNode { Entries: [var child, ..] } && SpecKeys.Find($"{entry.Key}.{child.Key}") is { } meant
                ? $"'{entry.Key}' is a section; write its keys with dots: '{meant.Path}'." : defect);
        SpecKey key = SpecKeys.Get(entry.Key);
        return entry.Value switch
        {
            ListNode list => Listed(key, list),
            MapNode map => Mapped(key, map),
            _ => Wrong(entry.Value.At, $"'sweep.parameters.{key.Path}' must be a list of values, or a mapping with values, range, or min and max."),
        };
    }

    ListedParameter? Listed(SpecKey key, ListNode list)
    {
        if (list.Items.Count == 0)
        {
            problems.Add(list.At.Problem($"'sweep.parameters.{key.Path}' has no value to try; list one or more."));
            return null;
        }
        if (key.IsList && list.Items.All(item => item is ScalarNode { IsNull: false }))
        {
            problems.Add(list.At.Problem($"every value of '{key.Path}' is a list itself: write [[{string.Join("], [", list.Items.Cast<ScalarNode>().Select(item => SpecBinder.Shown(item.Text)))}]]."));
            return null;
        }

        List<PointValue> values = [];
        foreach (SpecNode item in list.Items)
        {
            if (PointValue.Read(key, item, problems) is not { } value)
                continue;
            if (values.Any(other => other.Text == value.Text))
                problems.Add(item.At.Problem($"'{key.Path}' has the value {SpecBinder.Shown(value.Text)} twice; remove one of the two."));
            else
                values.Add(value);
        }

        return values.Count == list.Items.Count ? new(key, list.At, values) : null;
    }

    Parameter? Mapped(SpecKey key, MapNode map)
    {
        if (map.Find("values") is { } values)
        {
            if (map.Entries.FirstOrDefault(entry => entry.Key != "values") is { } other)
                return Wrong(other.At, $"'{other.Key}' has no meaning beside 'values'; remove one of the two.");
            return values.Value is ListNode list ? Listed(key, list) : Wrong(values.Value.At, $"'sweep.parameters.{key.Path}.values' must be a list.");
        }

        SpecKey section = SweepKeys.Parameter(key.Path);
        int before = problems.Count;
        ParameterOptions options = (ParameterOptions)new SpecBinder(problems).Section(section, map);
        if (problems.Count > before)
            return null;
        if (key.IsList || key.Kind is not (KeyKind.Integer or KeyKind.Number))
            return Wrong(map.At, $"the values of '{key.Path}' can only be listed: write them in brackets, [a, b].");
        NumberRange? numbers = options.Range is { } range ? Range(key, map, range) : Bounds(key, map, options);
        return numbers is null ? null : new RangeParameter(key, map.At, numbers);
    }

    NumberRange? Range(SpecKey key, MapNode map, IReadOnlyList<double> range)
    {
        (double first, double last, double step) = (range[0], range[1], range[2]);
        ListNode list = (ListNode)map.Find("range")!.Value;
        if (map.Entries.FirstOrDefault(entry => entry.Key != "range") is { } other)
            return Nothing(other.At, $"'{other.Key}' has no meaning beside 'range'; remove one of the two.");
        if (step == 0 || (last - first) / step < 0)
        {
            return Nothing(list.Items[2].At, $"no value lies in [{Number(first)}, {Number(last)}] in steps of {Number(step)}; the step leads from the first value to the last one"
                + $"{(step == 0 ? "" : $", for example {Number(-step)}")}.");
        }
        if (key.Kind == KeyKind.Integer && !double.IsInteger(step))
            return Nothing(list.Items[2].At, $"'{key.Path}' has whole numbers only, but the step is {Number(step)}.");
        return Fits(key, list.Items[0]) & Fits(key, list.Items[1]) ? new NumberRange(first, last, IsLogarithmic: false, step, Steps: null) : null;
    }

    NumberRange? Bounds(SpecKey key, MapNode map, ParameterOptions options)
    {
        if (options is not { Min: { } min, Max: { } max })
            return Nothing(map.At, $"'sweep.parameters.{key.Path}' needs 'values', 'range', or both 'min' and 'max'.");
        (SpecNode minNode, SpecNode maxNode) = (map.Find("min")!.Value, map.Find("max")!.Value);
        bool isLogarithmic = options.Distribution is Distribution.LogUniform or Distribution.LogInt;
        bool isInteger = key.Kind == KeyKind.Integer || options.Distribution is Distribution.Int or Distribution.LogInt;
        if (LooksLikeExponents(key, options.Distribution, min, max) is { } meant)
            return Nothing(minNode.At, $"'min' is {Number(min)} and 'max' is {Number(max)}, but bounds are values, not exponents. Did you mean {meant}?");
        if (!(Fits(key, minNode) & Fits(key, maxNode)))
            return null;
        if (isLogarithmic && min <= 0)
            return Nothing(minNode.At, $"'min' is {Number(min)}, but a logarithmic scale has positive numbers only.");
        if (min >= max)
            return Nothing(minNode.At, min > max ? $"'min' is {Number(min)}, above 'max', {Number(max)}: no value lies between them. Swap the two." : $"'min' and 'max' are both {Number(min)}: write [{Number(min)}].");
        if (isInteger && !(double.IsInteger(min) && double.IsInteger(max) && double.IsInteger(options.Quantum ?? 1)))
            return Nothing(minNode.At, "'min', 'max' and 'quantum' must be whole numbers here.");
        if (options.Quantum is { } quantum && (quantum <= 0 || quantum > max - min || (isLogarithmic && quantum > min)))
            return Nothing(map.Find("quantum")!.Value.At, $"'quantum' is {Number(quantum)}, but must be above 0 and at most {Number(isLogarithmic ? Math.Min(min, max - min) : max - min)}.");
        return Steps(key, map, new NumberRange(min, max, isLogarithmic, options.Quantum ?? (isInteger ? 1 : null), options.Steps));
    }

    NumberRange? Steps(SpecKey key, MapNode map, NumberRange numbers)
    {
        bool isDrawn = Points.AreDrawn(method);
        Position at = map.Find("steps")?.Value.At ?? map.At;
        if (isDrawn)
            return numbers.Steps is null ? numbers : Nothing(at, $"'steps' is for 'method: grid' or 'list'; here the points are drawn, and 'sweep.trials' says how many. Remove it, or write 'quantum' for values at equal distances.");
        if (double.IsInfinity(numbers.Count))
            return Nothing(at, $"a {Canonical.Word(method)} needs to know how many values of '{key.Path}' to try: add 'steps', for example steps: 5.");
        if (numbers.Steps is not { } steps || steps > TrialLimit.Most)
            return numbers;
        double[] distinct = [.. Enumerable.Range(0, steps).Select(numbers.ValueAt).Distinct()];
        return distinct.Length == steps ? numbers
            : Nothing(at, $"{steps} steps give only {distinct.Length} different {(distinct.Length == 1 ? "value" : "values")} of '{key.Path}' here: write 'values: [{string.Join(", ", distinct.Take(20).Select(Number))}{(distinct.Length > 20 ? ", …" : "")}]', or fewer steps.");
    }

    /// <summary>What was probably meant by bounds that no value of this key can have; null when they can be values.</summary>
    static string? LooksLikeExponents(SpecKey key, Distribution distribution, double min, double max)
    {
        bool needsPositive = distribution is Distribution.LogUniform or Distribution.LogInt || key.Minimum >= 0;
        if (!needsPositive || min >= 0 || min >= max || min < -50 || max > 10)
            return null;
        (string low, string high) = double.IsInteger(min) && double.IsInteger(max) ? ($"1e{Number(min)}", $"1e{Number(max)}") : (PowerOfE(min), PowerOfE(max));
        return $"min: {low}, max: {high}{(distribution == Distribution.Uniform ? ", distribution: log_uniform" : "")}";
    }

    // Some tools take bounds as natural logarithms.
    static string PowerOfE(double exponent) => Number(NumberRange.Rounded(Elementary.Exp(exponent), significantDigits: 3));

    bool Fits(SpecKey key, SpecNode bound) => PointValue.Read(key, bound, problems) is not null;

    static string Number(double value) => Canonical.Number(value);

    NumberRange? Nothing(Position at, string message)
    {
        problems.Add(at.Problem(message));
        return null;
    }

    Parameter? Wrong(Position at, string message)
    {
        problems.Add(at.Problem(message));
        return null;
    }
}

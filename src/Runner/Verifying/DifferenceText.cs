using System.Globalization;
using AeVae.Tracking;

namespace AeVae.Runner.Verifying;

/// <summary>Differences between a stored run and its execution of now, in words.</summary>
static class DifferenceText
{
    /// <summary>A difference with both values: <c>metric train.loss</c>, then a line each; the labels are as wide as the page's.</summary>
    public static IEnumerable<string> Describe(Difference difference)
    {
        yield return Name(difference);
        (string stored, string computed) = Labels(difference);
        yield return $"{stored,-9} {Value(difference.Stored, difference.StoredBits)}";
        yield return $"{computed,-9} {Value(difference.Computed, difference.ComputedBits)}";
    }

    /// <summary>A difference on one line.</summary>
    public static string InLine(Difference difference)
    {
        (string stored, string computed) = Labels(difference);
        return $"{Name(difference)}: {stored} {difference.Stored ?? "nothing"}, {computed} {difference.Computed ?? "nothing"}";
    }

    /// <summary><c>tensor decoder.0.weight</c>, <c>all parameters</c>.</summary>
    public static string Name(Difference difference)
    {
        string kind = difference.Kind switch
        {
            DifferenceKind.Optimizer => "state of the optimiser",
            DifferenceKind.Parameters => "all parameters",
            DifferenceKind.Order => "order of the images",
            DifferenceKind.Data => "data file",
            DifferenceKind.Configuration when difference.Name == ConfigurationCheck.Digest => "digest of the configuration",
            DifferenceKind.Configuration => "configuration",
            DifferenceKind.Summary when difference.Name == SealCheck.Seal => "seal of the run",
            _ => difference.Kind.ToString().ToLowerInvariant(),
        };
        return difference.Name is { } name && name is not (ConfigurationCheck.Digest or SealCheck.Seal) ? $"{kind} {name}" : kind;
    }

    /// <summary>How many of each kind: <c>30 tensors, the digest of all parameters, 15 metrics</c>.</summary>
    public static string Count(IReadOnlyList<Difference> differences) => string.Join(", ", differences
        .GroupBy<Difference, (string One, string? Many)>(difference => difference.Kind switch
        {
            DifferenceKind.Tensor => ("tensor", "tensors"),
            DifferenceKind.Metric => ("metric", "metrics"),
            DifferenceKind.Artifact => ("artifact", "artifacts"),
            DifferenceKind.Parameters => ("the digest of all parameters", null),
            DifferenceKind.Optimizer => ("the digest of the optimiser", null),
            DifferenceKind.Order => ("the digest of the order", null),
            DifferenceKind.Data => ("data file", "data files"),
            DifferenceKind.Summary => ("summary", "summaries"),
            _ => ("key of the configuration", "keys of the configuration"),
        })
        .Select(group => group.Key.Many is not { } many ? group.Key.One : string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {(group.Count() == 1 ? group.Key.One : many)}")));

    static (string Stored, string Computed) Labels(Difference difference) => difference.Kind switch
    {
        DifferenceKind.Data => ("then", "now"),
        DifferenceKind.Configuration => ("shown", "executed"),
        DifferenceKind.Summary when SealCheck.IsSeal(difference) => ("sealed", "now"),
        DifferenceKind.Summary => ("shown", "history"),
        _ => ("stored", "computed"),
    };

    static string Value(string? value, string? bits) => value is null ? "nothing" : bits is null ? value : $"{value,-24} {bits}";
}

namespace AeVae.Reports.Claims;

/// <summary>A number that a claim computes from what was measured.</summary>
public abstract record ClaimExpression
{
    private protected ClaimExpression()
    {
    }

    /// <summary>Everything that is measured for it, from left to right.</summary>
    internal abstract IEnumerable<Measurement> Measurements { get; }
}

/// <summary>A number that the author wrote.</summary>
sealed record Constant(double Value) : ClaimExpression
{
    internal override IEnumerable<Measurement> Measurements => [];
}

/// <summary>Two numbers made one.</summary>
/// <param name="Operator"><c>+</c>, <c>-</c>, <c>*</c> or <c>/</c>.</param>
/// <param name="Left">The first.</param>
/// <param name="Right">The second.</param>
sealed record Arithmetic(char Operator, ClaimExpression Left, ClaimExpression Right) : ClaimExpression
{
    internal override IEnumerable<Measurement> Measurements => [.. Left.Measurements, .. Right.Measurements];
}

/// <summary>A number without its sign.</summary>
sealed record Absolute(ClaimExpression Of) : ClaimExpression
{
    internal override IEnumerable<Measurement> Measurements => Of.Measurements;
}

/// <summary>One number of a metric's history in the run of a variant: <c>last(vae.val.mse)</c>.</summary>
public sealed record Measurement : ClaimExpression
{
    /// <summary>The epoch that <c>at</c> asks for, where it is written as a number.</summary>
    public double? Epoch => Function == ClaimFunction.At && Argument is Constant { Value: var epoch } ? epoch : null;

    /// <summary>Which number.</summary>
    public required ClaimFunction Function { get; init; }

    /// <summary>The variant, <c>vae</c>.</summary>
    public required string Variant { get; init; }

    /// <summary><c>train</c>, <c>validation</c> or <c>test</c>.</summary>
    public required string Split { get; init; }

    /// <summary>The metric, <c>mse</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>Where <see cref="Variant"/> stands in the check, from 1.</summary>
    public required int Column { get; init; }

    /// <summary>Where <see cref="Metric"/> stands in the check, from 1.</summary>
    public required int MetricColumn { get; init; }

    /// <summary>The epoch of <see cref="ClaimFunction.At"/>, the value that <see cref="ClaimFunction.EpochsTo"/> waits for; null for the others.</summary>
    internal ClaimExpression? Argument { get; init; }

    /// <summary>True where a low or a high value must be the better one.</summary>
    public bool NeedsGoal => Function is ClaimFunction.Best or ClaimFunction.EpochsTo;

    internal override IEnumerable<Measurement> Measurements => [.. Argument?.Measurements ?? [], this];

    /// <summary>Whether another one, wherever it stands in the check, is the same number.</summary>
    public bool IsSame(Measurement other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (Function, Variant, Split, Metric) == (other.Function, other.Variant, other.Split, other.Metric)
            && (Argument is Measurement mine && other.Argument is Measurement its ? mine.IsSame(its) : Equals(Argument, other.Argument));
    }
}

/// <summary>Which number of a history.</summary>
public enum ClaimFunction
{
    /// <summary>After the last epoch that has the metric.</summary>
    Last,

    /// <summary>The best one by the metric's goal.</summary>
    Best,

    /// <summary>Mean over all epochs that have it, and have what the other means of the check are of.</summary>
    Mean,

    /// <summary>After a given epoch.</summary>
    At,

    /// <summary>Number of the first epoch that is as good as a given value.</summary>
    EpochsTo,
}

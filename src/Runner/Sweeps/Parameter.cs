using AeVae.Runner.Specs;

namespace AeVae.Runner.Sweeps;

/// <summary>A swept key and the values that it takes.</summary>
/// <param name="Key">The key.</param>
/// <param name="At">Where its values stand.</param>
abstract record Parameter(SpecKey Key, Position At)
{
    /// <summary>Values in a grid or list; may be far more than can be run.</summary>
    public abstract double Count { get; }

    /// <summary>One of them, from 0.</summary>
    public abstract PointValue ValueAt(int index);

    /// <summary>The value at a quantile.</summary>
    /// <param name="u">At least 0, below 1.</param>
    public abstract PointValue Draw(double u);
}

/// <summary>Values that the file lists; equally likely where they are drawn.</summary>
sealed record ListedParameter(SpecKey Key, Position At, IReadOnlyList<PointValue> Values) : Parameter(Key, At)
{
    /// <inheritdoc/>
    public override double Count => Values.Count;

    /// <inheritdoc/>
    public override PointValue ValueAt(int index) => Values[index];

    /// <inheritdoc/>
    public override PointValue Draw(double u) => Values[(int)(u * Values.Count)];
}

/// <summary>Numbers between two bounds.</summary>
sealed record RangeParameter(SpecKey Key, Position At, NumberRange Numbers) : Parameter(Key, At)
{
    /// <inheritdoc/>
    public override double Count => Numbers.Count;

    /// <inheritdoc/>
    public override PointValue ValueAt(int index) => PointValue.Of(Key, At, Numbers.ValueAt(index));

    /// <inheritdoc/>
    public override PointValue Draw(double u) => PointValue.Of(Key, At, Numbers.Draw(u));
}

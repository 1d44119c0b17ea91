namespace AeVae.Reports.Claims;

/// <summary>The check of a claim: two numbers and which way they are said to compare.</summary>
public sealed record Claim
{
    internal Claim(ClaimSide left, Comparison comparison, ClaimSide right) => (Left, Comparison, Right) = (left, comparison, right);

    internal ClaimSide Left { get; }

    internal Comparison Comparison { get; }

    internal ClaimSide Right { get; }

    /// <summary>Everything that is measured for it, from left to right.</summary>
    public IReadOnlyList<Measurement> Measurements => [.. Left.Expression.Measurements, .. Right.Expression.Measurements];

    /// <summary>Both sides, where each is what was measured and nothing is computed from it; else null.</summary>
    public (Measurement Left, Measurement Right)? Bare => Left.Expression is Measurement left && Right.Expression is Measurement right ? (left, right) : null;
}

/// <summary>One side of a comparison.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Expression">What it computes.</param>
sealed record ClaimSide(string Text, ClaimExpression Expression);

/// <summary>How two numbers compare.</summary>
enum Comparison
{
    /// <summary>&lt;</summary>
    Less,

    /// <summary>&lt;=</summary>
    AtMost,

    /// <summary>&gt;</summary>
    Greater,

    /// <summary>&gt;=</summary>
    AtLeast,
}

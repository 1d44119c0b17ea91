namespace AeVae.Tracking.Sweeps;

/// <summary>What the runs of a sweep say of a claim.</summary>
public sealed record ClaimVerdict
{
    /// <summary>The claim in words.</summary>
    public required string Text { get; init; }

    /// <summary>What is measured for it.</summary>
    public required string Expression { get; init; }

    /// <summary>Whether it holds.</summary>
    public required ClaimOutcome Outcome { get; init; }

    /// <summary>The numbers behind it, in a sentence.</summary>
    public required string Evidence { get; init; }

    /// <summary>The seeds that were used.</summary>
    public required IReadOnlyList<ulong> Seeds { get; init; }

    /// <summary>Both sides with each of them; empty for a verdict out of a results file, which keeps the sentence alone.</summary>
    public IReadOnlyList<ClaimSides> Sides { get; init; } = [];
}

/// <summary>Both sides of a claim, measured with one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Left">The left side; ∞ for a goal that was never reached.</param>
/// <param name="Right">The right side.</param>
public readonly record struct ClaimSides(ulong Seed, double Left, double Right)
{
    /// <summary>Left − right; NaN where neither goal was reached.</summary>
    public double Difference => Left - Right;
}

/// <summary>Whether a claim holds.</summary>
public enum ClaimOutcome
{
    /// <summary>It does, and chance does not explain it: the 95 % interval lies on its side.</summary>
    Holds,

    /// <summary>The opposite holds.</summary>
    DoesNotHold,

    /// <summary>The interval holds both, or something was not measured.</summary>
    Undecided,
}

/// <summary>A verdict in words.</summary>
public static class ClaimOutcomeWords
{
    /// <summary>As it is stored: <c>does_not_hold</c>.</summary>
    public static string Word(this ClaimOutcome outcome) => outcome.Words().Replace(' ', '_');

    /// <summary>As it is shown: <c>does not hold</c>.</summary>
    public static string Words(this ClaimOutcome outcome) => outcome switch
    {
        ClaimOutcome.Holds => "holds",
        ClaimOutcome.DoesNotHold => "does not hold",
        _ => "undecided",
    };
}

namespace AeVae.Compute;

/// <summary>Whether a step has weight decay: a constant to the JIT, which leaves out what changes no bit of a finite weight.</summary>
internal interface IWeightDecay
{
    static abstract bool IsUsed { get; }
}

/// <summary>The two kinds of step.</summary>
internal static class WeightDecay
{
    public readonly struct None : IWeightDecay
    {
        public static bool IsUsed => false;
    }

    public readonly struct Some : IWeightDecay
    {
        public static bool IsUsed => true;
    }
}

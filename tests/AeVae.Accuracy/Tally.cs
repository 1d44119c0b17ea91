namespace AeVae.Accuracy;

/// <summary>An error in units of the last place, and an argument that has it.</summary>
internal readonly record struct LargestError(double Units, double Argument)
{
    /// <summary>The larger of two; of equal ones that of the earlier bit pattern, so that threads may finish in any order.</summary>
    public LargestError Or(LargestError other) =>
        Units > other.Units || (Units == other.Units && BitConverter.DoubleToUInt64Bits(Argument) <= BitConverter.DoubleToUInt64Bits(other.Argument)) ? this : other;
}

/// <summary>What a count has found.</summary>
internal sealed class Tally
{
    /// <summary>Misrounded arguments that are kept; the number goes on.</summary>
    const int Kept = 256;

    readonly SortedSet<uint> misroundedArguments = [];

    /// <summary>Arguments seen.</summary>
    public long Arguments { get; private set; }

    /// <summary>Arguments whose result is not the float nearest to the exact value.</summary>
    public long Misrounded { get; private set; }

    /// <summary>Bit patterns of the first of them.</summary>
    public IEnumerable<uint> MisroundedArguments => misroundedArguments;

    /// <summary>Arguments so near to the middle of two floats that the oracle cannot tell which is nearest. Only 0 makes the count exact.</summary>
    public long Undecided { get; private set; }

    /// <summary>Results, before or after rounding, in which the widest registers and the scalar path differ.</summary>
    public long PathDifferences { get; private set; }

    /// <summary>In units of the last place of the float, where the result is finite.</summary>
    public LargestError Float { get; private set; }

    /// <summary>Before rounding, in units of the last place of the double, where the result as a float is finite and not 0.</summary>
    public LargestError Double { get; private set; }

    public void CountArguments(int arguments) => Arguments += arguments;

    public void CountMisrounded(double argument)
    {
        Misrounded++;
        Keep(BitConverter.SingleToUInt32Bits((float)argument));
    }

    public void CountUndecided() => Undecided++;

    public void CountPathDifferences(int results) => PathDifferences += results;

    public void Measure(LargestError inFloat, LargestError inDouble) => (Float, Double) = (Float.Or(inFloat), Double.Or(inDouble));

    /// <summary>Adds what another thread has found.</summary>
    public void Add(Tally other)
    {
        lock (misroundedArguments)
        {
            Arguments += other.Arguments;
            Misrounded += other.Misrounded;
            Undecided += other.Undecided;
            PathDifferences += other.PathDifferences;
            foreach (uint argument in other.misroundedArguments) Keep(argument);
            Measure(other.Float, other.Double);
        }
    }

    void Keep(uint argument)
    {
        misroundedArguments.Add(argument);
        if (misroundedArguments.Count > Kept) misroundedArguments.Remove(misroundedArguments.Max);
    }
}

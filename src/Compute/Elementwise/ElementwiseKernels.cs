using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>Arithmetic on matrices, element by element.</summary>
public static class ElementwiseKernels
{
    /// <summary>sum = sum + term, rounded once.</summary>
    /// <param name="term">(rows × columns).</param>
    /// <param name="sum">Same shape, added to.</param>
    /// <param name="team">Threads to use.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static void Add(Matrix term, Matrix sum, ThreadTeam team)
    {
        Shape.RequireSame(term, sum);
        FormulaLoop<Sum>.Run(sum, term, term, 0, sum, team);
    }

    readonly struct Sum : IFormula
    {
        // The sum of two floats in double, rounded to float, is their float sum: 53 bits are more than twice 24 and two more (Figueroa 1995).
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b, T c, T scale) where T : struct, IDoubleLanes<T> => a + b;
    }
}

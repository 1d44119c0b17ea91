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
        FloatFormulaLoop<Sum>.Run(sum, term, sum, team);
    }

    readonly struct Sum : IFloatFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b) where T : struct, IFloatLanes<T> => a + b;
    }
}

using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>Activations and their derivatives, evaluated in double and rounded once, but for relu, which rounds nothing.</summary>
public static class ActivationKernels
{
    const double LeakySlope = 0.01;

    /// <summary>output = f(preActivation); in place is allowed.</summary>
    /// <param name="f">Activation.</param>
    /// <param name="preActivation">(rows × columns).</param>
    /// <param name="output">Same shape, overwritten.</param>
    /// <param name="team">Threads to use.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static void Forward(Activation f, Matrix preActivation, Matrix output, ThreadTeam team)
    {
        Shape.RequireSame(output, preActivation);
        switch (f)
        {
            case Activation.Identity: Map<Identity>(preActivation, preActivation, output, team); break;
            case Activation.Relu: FloatFormulaLoop<Relu>.Run(preActivation, preActivation, output, team); break;
            case Activation.LeakyRelu: Map<LeakyRelu>(preActivation, preActivation, output, team); break;
            case Activation.Elu: Map<Elu>(preActivation, preActivation, output, team); break;
            case Activation.Tanh: Map<Tanh>(preActivation, preActivation, output, team); break;
            case Activation.Sigmoid: Map<Sigmoid>(preActivation, preActivation, output, team); break;
            case Activation.Softplus: Map<Softplus>(preActivation, preActivation, output, team); break;
            default: throw new ArgumentOutOfRangeException(nameof(f), f, null);
        }
    }

    /// <summary>dPreActivation = dOutput·f′, from the output alone; in place is allowed.</summary>
    /// <param name="f">Activation.</param>
    /// <param name="output">y = f(x), (rows × columns).</param>
    /// <param name="dOutput">Same shape.</param>
    /// <param name="dPreActivation">Same shape, overwritten.</param>
    /// <param name="team">Threads to use.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static void Backward(Activation f, Matrix output, Matrix dOutput, Matrix dPreActivation, ThreadTeam team)
    {
        Shape.RequireSame(dOutput, output);
        Shape.RequireSame(dPreActivation, output);
        switch (f)
        {
            case Activation.Identity: Map<Identity>(dOutput, dOutput, dPreActivation, team); break;
            case Activation.Relu: FloatFormulaLoop<ReluGradient>.Run(output, dOutput, dPreActivation, team); break;
            case Activation.LeakyRelu: Map<LeakyReluGradient>(output, dOutput, dPreActivation, team); break;
            case Activation.Elu: Map<EluGradient>(output, dOutput, dPreActivation, team); break;
            case Activation.Tanh: Map<TanhGradient>(output, dOutput, dPreActivation, team); break;
            case Activation.Sigmoid: Map<SigmoidGradient>(output, dOutput, dPreActivation, team); break;
            case Activation.Softplus: Map<SoftplusGradient>(output, dOutput, dPreActivation, team); break;
            default: throw new ArgumentOutOfRangeException(nameof(f), f, null);
        }
    }

    static void Map<TFormula>(Matrix a, Matrix b, Matrix result, ThreadTeam team) where TFormula : struct, IFormula =>
        FormulaLoop<TFormula>.Run(a, b, b, 0, result, team);

    readonly struct Identity : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x, T b, T c, T scale) where T : struct, IDoubleLanes<T> => x;
    }

    // Asks for negative, not for positive: a NaN must not become 0.
    readonly struct Relu : IFloatFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x, T b) where T : struct, IFloatLanes<T> => T.IfGreater(T.Broadcast(0), x, T.Broadcast(0), x);
    }

    readonly struct LeakyRelu : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x, T b, T c, T scale) where T : struct, IDoubleLanes<T> =>
            T.Select(T.Greater(x, T.Broadcast(0)), x, T.Broadcast(LeakySlope) * x);
    }

    readonly struct Elu : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x, T b, T c, T scale) where T : struct, IDoubleLanes<T> =>
            T.Select(T.Greater(x, T.Broadcast(0)), x, ElementaryFunctions.ExpMinusOneOfNegative(x));
    }

    readonly struct Tanh : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x, T b, T c, T scale) where T : struct, IDoubleLanes<T> => ElementaryFunctions.Tanh(x);
    }

    readonly struct Sigmoid : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x, T b, T c, T scale) where T : struct, IDoubleLanes<T> => ElementaryFunctions.Sigmoid(x);
    }

    readonly struct Softplus : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x, T b, T c, T scale) where T : struct, IDoubleLanes<T> => ElementaryFunctions.Softplus(x);
    }

    readonly struct ReluGradient : IFloatFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T y, T dY) where T : struct, IFloatLanes<T> => T.IfGreater(y, T.Broadcast(0), dY, T.Broadcast(0));
    }

    readonly struct LeakyReluGradient : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T y, T dY, T c, T scale) where T : struct, IDoubleLanes<T> =>
            T.Select(T.Greater(y, T.Broadcast(0)), dY, T.Broadcast(LeakySlope) * dY);
    }

    readonly struct EluGradient : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T y, T dY, T c, T scale) where T : struct, IDoubleLanes<T> =>
            T.Select(T.Greater(y, T.Broadcast(0)), dY, dY * (y + T.Broadcast(1)));
    }

    readonly struct TanhGradient : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T y, T dY, T c, T scale) where T : struct, IDoubleLanes<T> => dY * (T.Broadcast(1) - y * y);
    }

    readonly struct SigmoidGradient : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T y, T dY, T c, T scale) where T : struct, IDoubleLanes<T> => dY * (y * (T.Broadcast(1) - y));
    }

    // f′(x) = σ(x) = 1 − e⁻ʸ.
    readonly struct SoftplusGradient : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T y, T dY, T c, T scale) where T : struct, IDoubleLanes<T> =>
            dY * (T.Broadcast(0) - ElementaryFunctions.ExpMinusOneOfNegative(T.Broadcast(0) - y));
    }
}

using System.Runtime.CompilerServices;
using AeVae.Compute.Lanes;

namespace AeVae.Compute;

/// <summary>Update rules, operation by operation in fp32 (NC-1 C10), and sums over whole gradients. Matrices of one call have one shape.</summary>
public static unsafe class OptimizerKernels
{
    const int CostPerElement = 20;

    /// <summary>One step of Adam, or of AdamW when <see cref="AdamStep.DecoupledDecay"/> is not 0.</summary>
    /// <param name="value">Parameter, updated.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="firstMoment">m, updated; zero before the first step.</param>
    /// <param name="secondMoment">v, updated; zero before the first step.</param>
    /// <param name="step">Constants of this step.</param>
    /// <param name="team">Threads to use.</param>
    /// <returns>Whether the gradient was finite; where not, the parameter and its state are of no more use.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static bool Adam(Matrix value, Matrix gradient, Matrix firstMoment, Matrix secondMoment, in AdamStep step, ThreadTeam team)
    {
        Shape.RequireSame(gradient, value);
        Shape.RequireSame(firstMoment, value);
        Shape.RequireSame(secondMoment, value);
        return step is { WeightDecay: 0, DecoupledDecay: 0 }
            ? Adam<WeightDecay.None>(value, gradient, firstMoment, secondMoment, step, team)
            : Adam<WeightDecay.Some>(value, gradient, firstMoment, secondMoment, step, team);
    }

    /// <summary>One step of stochastic gradient descent.</summary>
    /// <param name="value">Parameter, updated.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="velocity">Updated; null without momentum.</param>
    /// <param name="step">Constants of this step.</param>
    /// <param name="team">Threads to use.</param>
    /// <returns>Whether the gradient was finite; where not, the parameter and its state are of no more use.</returns>
    /// <exception cref="ArgumentException">The shapes differ, or momentum has no velocity.</exception>
    public static bool Sgd(Matrix value, Matrix gradient, Matrix? velocity, in SgdStep step, ThreadTeam team)
    {
        Shape.RequireSame(gradient, value);
        RequireState(velocity, step.Momentum != 0, value);
        bool isFinite = true;
        team.Run(new SgdLoop(value, gradient, step.Momentum != 0 ? velocity : null, step, &isFinite), value.Rows, (long)CostPerElement * value.Columns);
        return isFinite;
    }

    /// <summary>One step of RMSprop.</summary>
    /// <param name="value">Parameter, updated.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="squareAverage">Updated; zero before the first step.</param>
    /// <param name="gradientAverage">Updated; zero before the first step; null unless centered.</param>
    /// <param name="velocity">Updated; zero before the first step; null without momentum.</param>
    /// <param name="step">Constants of this step.</param>
    /// <param name="team">Threads to use.</param>
    /// <returns>Whether the gradient was finite; where not, the parameter and its state are of no more use.</returns>
    /// <exception cref="ArgumentException">The shapes differ, or a state that the step needs is missing.</exception>
    public static bool RmsProp(Matrix value, Matrix gradient, Matrix squareAverage, Matrix? gradientAverage, Matrix? velocity, in RmsPropStep step, ThreadTeam team)
    {
        Shape.RequireSame(gradient, value);
        Shape.RequireSame(squareAverage, value);
        RequireState(gradientAverage, step.Centered, value);
        RequireState(velocity, step.Momentum != 0, value);
        bool isFinite = true;
        team.Run(new RmsPropLoop(value, gradient, squareAverage, step.Centered ? gradientAverage : null, step.Momentum != 0 ? velocity : null, step, &isFinite), value.Rows, (long)CostPerElement * value.Columns);
        return isFinite;
    }

    /// <summary>Σ g² in double: rows ascending, each row in the layout of NC-1 C11.</summary>
    /// <param name="gradient">Any shape.</param>
    /// <param name="team">Threads to use.</param>
    public static double SumOfSquares(Matrix gradient, ThreadTeam team) => RowSumLoop<Square>.Total(gradient, gradient, team);

    /// <summary>Multiplies every element by a factor.</summary>
    /// <param name="matrix">Any shape, updated.</param>
    /// <param name="factor">Factor.</param>
    /// <param name="team">Threads to use.</param>
    public static void Scale(Matrix matrix, float factor, ThreadTeam team) => FormulaLoop<Scaled>.Run(matrix, matrix, matrix, factor, matrix, team);

    static bool Adam<TDecay>(Matrix value, Matrix gradient, Matrix firstMoment, Matrix secondMoment, in AdamStep step, ThreadTeam team) where TDecay : struct, IWeightDecay
    {
        bool isFinite = true;
        team.Run(new AdamLoop<TDecay>(value, gradient, firstMoment, secondMoment, step, &isFinite), value.Rows, (long)CostPerElement * value.Columns);
        return isFinite;
    }

    static void RequireState(Matrix? state, bool needed, Matrix value, [CallerArgumentExpression(nameof(state))] string name = "")
    {
        if (state is not null) Shape.RequireSame(state, value, name);
        else if (needed) throw new ArgumentException($"this step needs {name}, of shape {value}, but it is null", name);
    }

    readonly struct Square : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b) where T : struct, IDoubleLanes<T> => a * b;
    }

    readonly struct Scaled : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T a, T b, T c, T scale) where T : struct, IDoubleLanes<T> => scale * a;
    }
}
